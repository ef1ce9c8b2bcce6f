import ArgumentParser
import SluiceAuthority

/// `sluice grant revoke`.
struct GrantRevokeCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke one grant. When the command returns, every server on this data folder refuses its tokens.")

    @Argument(help: ArgumentHelp("The grant's id, as `grant list` shows it.", valueName: "id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            guard let grant = GrantID(id) else { throw Failure.notAnID("a grant's id", list: "sluice grant list") }
            guard try await installation.authority.grants.revoke(grant, trace: .commandLine) else {
                throw Failure(
                    .notFound, "No grant of this id is left to revoke: it is revoked already, or there never was one.",
                    kept: "Nothing was changed.", next: "`sluice grant list` shows them.")
            }
            try await installation.waitForServers(surroundings)
            surroundings.output.show(
                Report(
                    json: .object([("id", .string(grant.text)), ("revoked", .bool(true))]),
                    text: "Revoked the grant \(grant.text)."),
                asJSON: common.json)
            return .ok
        }
    }
}
