import ArgumentParser

/// How long an old secret works beside the new one: a span of up to 30 days.
struct Overlap: ExpressibleByArgument, Sendable, Equatable {
    /// The span.
    let seconds: Int

    /// The old one ends now.
    static let none = Overlap(seconds: 0)

    private init(seconds: Int) { self.seconds = seconds }

    init?(argument: String) {
        guard let seconds = TimeSpan.seconds(argument), (0...30 * 86_400).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    var defaultValueDescription: String { String(seconds) }
}
