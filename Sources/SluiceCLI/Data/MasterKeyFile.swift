import Foundation
import SluiceAuthority

/// Where the master key comes from.
enum MasterKeySource: Sendable, Equatable {
    /// `master.key` in the data folder, made on the first run.
    case dataFolder
    /// A file that the operator keeps elsewhere. Never made by us.
    case file(String)
    /// `SLUICE_MASTER_KEY`. Secret.
    case text(String)
}

/// The master key as text: base64 of 32 bytes, with a line feed in a file.
enum MasterKeyFile {
    /// A fresh key's text.
    static func fresh(_ random: RandomSource) -> String { Data(random.bytes(32)).base64EncodedString() }

    /// The key in a text; the blank around it does not count.
    static func parse(_ text: String) -> MasterKey? {
        guard let bytes = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)) else { return nil }
        return MasterKey(bytes: bytes)
    }

    /// Reads the key from a file.
    /// - Throws: `Failure` if it is missing, unreadable, readable for everybody, or holds no key.
    static func read(_ path: String) throws -> MasterKey {
        do {
            guard let mode = try FileMode(path) else {
                throw Failure(
                    .notFound, "There is no master key file at \(path).", kept: "Nothing was changed.",
                    next: "Put the key there, or make a new one for a new installation: "
                        + "(umask 077; head -c 32 /dev/urandom | base64 > \(path))")
            }
            // Whoever reads it and gets hold of a backup can mint tokens for every account.
            guard !mode.isOpenToEverybody else {
                throw Failure(
                    .refused,
                    "Everybody on this machine can read or change the master key file \(path) (mode \(mode.text)).",
                    kept: "Nothing was changed.", next: "Close it: chmod 600 \(path)")
            }
            let content = try FileContent.read(path, limitInBytes: 1_024)
            guard let key = parse(String(decoding: content, as: UTF8.self)) else {
                throw Failure(
                    .invalid, "The file \(path) holds no master key: base64 of 32 bytes is expected.",
                    kept: "Nothing was overwritten.", next: "Put back the master key that belongs to the database.")
            }
            return key
        } catch let error as SystemError {
            throw Failure(
                .unavailable, "The master key file \(path) cannot be read: \(error.words).",
                kept: "Nothing was changed.",
                next: "Run the command as the user that the file belongs to.")
        }
    }
}
