import ArgumentParser
import Foundation
import SluiceAuthority
import SluiceOAuth

/// `sluice signing-key`.
struct SigningKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signing-key", abstract: "List and rotate the keys that sign access tokens.",
        subcommands: [SigningKeyListCommand.self, SigningKeyRotateCommand.self])
}

extension SigningKeyRecord {
    /// What a key is for at the moment.
    enum Role: String {
        /// Published, not signing yet.
        case next
        /// Signs.
        case current
        /// Still published, for what it signed.
        case previous
    }

    /// What each key is for.
    /// - Parameter records: In the order in which they sign.
    static func roles(_ records: [SigningKeyRecord], at now: Date) -> [(record: SigningKeyRecord, role: Role)] {
        let current = records.last { $0.activatesAt <= now && !$0.isRetired(at: now) }?.keyID ?? records.first?.keyID
        return records.map { record in
            (record, record.keyID == current ? .current : record.activatesAt > now ? .next : .previous)
        }
    }

    /// For `--json`.
    func json(_ role: Role) -> JSON {
        .object([
            ("kid", .string(keyID)), ("algorithm", .string(algorithm.rawValue)), ("state", .string(role.rawValue)),
            ("published_at", .string(Timestamp.text(createdAt))),
            ("activates_at", .string(Timestamp.text(activatesAt))),
            ("retires_at", .optional(retiresAt.map(Timestamp.text))),
        ])
    }
}
