#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that environment lines are appended to, such as the one that `$GITHUB_ENV` names.
///
/// Opened before anything is started: what cannot be written to is known at once, and not when a test has waited for it.
final class EnvironmentFile: Sendable {
    private let path: String
    private let descriptor: Int32

    /// - Throws: `Failure` if it can be neither opened nor made.
    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .cannotCreate, "The file \(Printable.line(path)) cannot be written: \(SystemError.last.words).",
                kept: "Nothing was started.", next: "Correct --env-file.")
        }
    }

    deinit { close(descriptor) }

    /// Appends lines behind whatever stands there, whose last line is ended first if it was not.
    func append(_ lines: String) throws {
        let text = endsInsideLine ? "\n" + lines : lines
        guard FileContent.write(Array(text.utf8), to: descriptor) else {
            throw Failure(.unavailable, "The file \(Printable.line(path)) took only a part: \(SystemError.last.words).")
        }
    }

    /// Whether its last byte ends no line. An empty file has none, nor has a pipe.
    private var endsInsideLine: Bool {
        guard lseek(descriptor, -1, SEEK_END) >= 0,
            let last = try? FileContent.read(descriptor: descriptor, limitInBytes: 1).last
        else { return false }
        return last != UInt8(ascii: "\n")
    }
}
