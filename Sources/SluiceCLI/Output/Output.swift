#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a command's words go: results on standard output, everything else on standard error.
struct Output: Sendable {
    private let write: @Sendable (_ descriptor: Int32, _ text: String) -> Void

    /// - Parameter write: Gets 1 or 2, and whole lines.
    init(write: @escaping @Sendable (_ descriptor: Int32, _ text: String) -> Void) { self.write = write }

    /// The process's own, unbuffered: whoever waits for the ready line gets it at once.
    static let process = Output { descriptor, text in FileContent.write(Array(text.utf8), to: descriptor) }

    /// One or several lines of the result.
    func line(_ text: String) { write(1, text.hasSuffix("\n") ? text : text + "\n") }

    /// One or several lines beside the result: announcements, warnings, errors.
    func note(_ text: String) { write(2, text.hasSuffix("\n") ? text : text + "\n") }

    /// A result in the form that was asked for.
    func show(_ report: Report, asJSON: Bool) { line(asJSON ? report.json.text : report.text) }
}

/// A result for people and for machines.
struct Report: Sendable {
    /// For machines.
    let json: JSON
    /// For people.
    let text: String
}
