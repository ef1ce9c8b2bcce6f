import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tokens in a file that its owner alone can read.
///
/// A save writes a new file, syncs it and renames it into place, so that at every moment, power failures included, the file is the old
/// one or the new one. `exclusively` holds a lock on the file `PATH.lock` beside it, which the system takes back from a process that
/// dies: several processes may share the file and never spend one refresh token twice. The lock needs a local file system; on NFS that
/// depends on the server. The path must not be a symbolic link: under two names the file would have two locks.
public struct FileTokenStorage: TokenStorage {
    /// The file.
    public let path: String
    /// How long to wait for another process.
    public let patience: Duration

    /// Tokens in the file at `path`, which need not exist yet; its folder is made when it is needed (0700).
    /// - Parameter patience: How long to wait for another process; longer than the two requests that a refresh may take.
    public init(path: String, patience: Duration = .seconds(90)) {
        self.path = path
        self.patience = patience
    }

    /// Reads the file.
    /// - Throws: `TokenStorageError`; `.exposed` if group or others may read it, since then the tokens are no secret any more.
    public func load() async throws(TokenStorageError) -> StoredTokens? {
        let bytes: [UInt8]
        do {
            guard let content = try PrivateFile.read(path, limitInBytes: 65_536) else { return nil }
            bytes = content
        } catch {
            switch error {
            case .exposed(let mode):
                throw .exposed(
                    "Others on this machine can read \(path) (mode \(mode)). Close it with chmod 600 \(path), then sign out, which revokes "
                        + "what they may have read.")
            case .link: throw .unreadable("\(path) is a symbolic link. Name the file that it leads to.")
            case .system(let words): throw .unreadable("\(path) cannot be read: \(words).")
            case .tooLarge: throw .damaged("\(path) holds no tokens: it is too large.")
            }
        }
        guard let stored = try? Self.decoder.decode(StoredTokens.self, from: Data(bytes)) else {
            throw .damaged("\(path) holds no tokens that this version can read. Remove it and sign in again.")
        }
        return stored
    }

    /// Replaces the file.
    public func save(_ tokens: StoredTokens) async throws(TokenStorageError) {
        do {
            let content = try Self.encoder.encode(tokens)
            try PrivateFile.makeFolder(of: path)
            try PrivateFile.replace(path, with: Array(content))
            // Whoever saves holds the lock, so what is left of other drafts is of processes that died.
            PrivateFile.removeDrafts(of: path)
        } catch {
            throw .unwritable("\(path) cannot be written: \(Self.words(error)).")
        }
    }

    /// Removes the file.
    public func remove() async throws(TokenStorageError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .unwritable("\(path) cannot be removed: \(String(cString: strerror(errno))).")
        }
    }

    /// Does the work while it holds the lock, which `exclusively` of every other storage on this path waits for.
    public func exclusively<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        let lock = try await FileLock.take(path + ".lock", patience: patience)
        defer { lock.release() }
        return try await work()
    }

    private static func words(_ error: any Error) -> String {
        switch error as? PrivateFile.Problem {
        case .system(let words)?: words
        case .link?: "it is a symbolic link"
        default: "\(error)"
        }
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .millisecondsSince1970
        return encoder
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .millisecondsSince1970
        return decoder
    }
}
