/// Reads a secret from a file or standard input: never from an argument, which every user of the machine can see.
enum SecretInput {
    /// The content of the file `path`, or of standard input for `-`, without the one line feed at its end that editors and `echo` add.
    /// - Throws: `Failure` if it cannot be read, is empty or too long. The content is never repeated.
    static func read(_ path: String, what: String, limitInBytes: Int = 4_096, _ surroundings: Surroundings) throws
        -> String
    {
        let bytes: [UInt8]
        do {
            bytes =
                path == "-"
                ? try surroundings.readStandardInput(limitInBytes)
                : try FileContent.read(path, limitInBytes: limitInBytes)
        } catch let error as SystemError {
            throw Failure(
                .notFound, "The \(what) cannot be read from \(path == "-" ? "standard input" : path): \(error.words).",
                kept: "Nothing was changed.")
        }
        guard bytes.count <= limitInBytes, let text = text(bytes) else {
            throw Failure(
                .invalid, "The \(what) is longer than \(limitInBytes) bytes or not UTF-8.", kept: "Nothing was changed."
            )
        }
        guard !text.isEmpty else { throw Failure(.invalid, "The \(what) is empty.", kept: "Nothing was changed.") }
        return text
    }

    /// The bytes as text without the one line feed at the end; `nil` if they are not UTF-8.
    static func text(_ bytes: [UInt8]) -> String? {
        guard var text = String(validating: bytes, as: UTF8.self) else { return nil }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
