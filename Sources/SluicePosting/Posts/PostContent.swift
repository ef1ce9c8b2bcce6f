/// What of a post its service has rules about.
struct PostContent: Sendable, Equatable {
    var text: String
    var assets: [Asset]
    var metadata: PostMetadata?

    /// Whether there is nothing to read.
    var hasNoWords: Bool { text.isBlank }
}
