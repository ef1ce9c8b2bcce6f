import Foundation
import SluiceClient

/// `profiles.json`: read whole, replaced whole, one writer at a time.
struct ProfileFile: Sendable {
    private static let limitInBytes = 1 << 20
    private let folders: ClientFolders

    /// The file in these folders.
    init(_ folders: ClientFolders) { self.folders = folders }

    /// What the file holds; nothing if there is none.
    /// - Throws: `Failure` if it cannot be read or understood.
    func read() throws -> ProfileBook {
        let content: [UInt8]
        do {
            content = try FileContent.read(folders.profilesPath, limitInBytes: Self.limitInBytes)
        } catch let error as SystemError {
            if error.isMissingFile { return ProfileBook() }
            throw Failure(
                .unavailable, "The profiles \(folders.profilesPath) cannot be read: \(error.words).",
                kept: "Nothing was changed.", next: "Look at its permissions.")
        }
        do {
            guard content.count <= Self.limitInBytes else { throw SystemError.tooLarge }
            return try JSONDecoder().decode(ProfileBook.self, from: Data(content))
        } catch {
            throw Failure(
                .misconfigured, "The profiles \(folders.profilesPath) cannot be understood: \(Self.words(error)).",
                kept: "The file is as it was.", next: "Correct it, or move it away and add the profiles again.")
        }
    }

    /// Changes the file. Two changes at once are both kept.
    /// - Returns: What `change` returns.
    /// - Throws: `Failure`; then the file is as it was.
    func change<Value>(_ change: (inout ProfileBook) throws -> Value) async throws -> Value {
        let lock: FileLock
        do {
            lock = try await FileLock.take(folders.profilesPath + ".lock", patience: .seconds(30))
        } catch {
            throw unwritable(error)
        }
        defer { lock.release() }
        let before = try read()
        var book = before
        let value = try change(&book)
        guard book != before else { return value }
        guard book.added.count <= ProfileBook.limitOfProfiles else {
            throw Failure(
                .refused, "There are \(ProfileBook.limitOfProfiles) profiles already.", kept: "Nothing was changed.",
                next: "Remove one that is not needed: sluice profile remove NAME")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try PrivateFile.replace(folders.profilesPath, with: Array(try encoder.encode(book)) + [0x0A])
        } catch {
            throw unwritable(error)
        }
        return value
    }

    private func unwritable(_ error: any Error) -> Failure {
        if case TokenStorageError.busy(let words)? = error as? TokenStorageError {
            return Failure(.busy, words, kept: "Nothing was changed.", next: "Try again.")
        }
        return Failure(
            .cannotCreate, "The profiles \(folders.profilesPath) cannot be written\(PrivateFile.words(error)).",
            kept: "Nothing was changed.",
            next: "Look at the permissions of the folder and the disk's free space, or name another place with XDG_CONFIG_HOME.")
    }

    /// Which place of the file is wrong, in what way.
    private static func words(_ error: any Error) -> String {
        let context: DecodingError.Context
        switch error {
        case DecodingError.typeMismatch(_, let found), DecodingError.valueNotFound(_, let found),
            DecodingError.dataCorrupted(let found):
            context = found
        case DecodingError.keyNotFound(let key, let found):
            return "\(place(found.codingPath + [key])) is missing"
        default: return "it is too long"
        }
        guard !context.codingPath.isEmpty else { return "it is not JSON" }
        return "\(place(context.codingPath)): \(Printable.line(context.debugDescription))"
    }

    private static func place(_ path: [any CodingKey]) -> String {
        Printable.line(path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "."))
    }
}
