import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice signing-key list`.
struct SigningKeyListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the published keys, in the order in which they sign.")

    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let keys = SigningKeyRecord.roles(installation.authority.signingKeys.records, at: surroundings.now())
            var table = Table(["Key ID", "Algorithm", "State", "Published", "Signs from", "Retires"])
            for (key, role) in keys {
                table.add([
                    key.keyID, key.algorithm.rawValue, role.rawValue, Timestamp.text(key.createdAt),
                    Timestamp.text(key.activatesAt),
                    key.retiresAt.map(Timestamp.text),
                ])
            }
            surroundings.output.show(
                Page.report(
                    items: keys.map { $0.record.json($0.role) }, next: nil, table: table,
                    empty: "There are no signing keys.",
                    command: ""),
                asJSON: common.json)
            return .ok
        }
    }
}
