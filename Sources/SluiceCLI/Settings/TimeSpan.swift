import SluiceAuthority

/// A span of time as people type it: `3600`, `90s`, `30m`, `12h`, `90d`, `2w`.
enum TimeSpan {
    /// The span in seconds; `nil` for anything else, a negative span included.
    static func seconds(_ text: String) -> Int? { TypedSpan.seconds(text) }
}
