/// A network that posts go out to. Raw values are the wire's.
public enum Service: String, Sendable, Hashable, Codable, CaseIterable {
    case bluesky, facebook, googlebusiness, instagram, linkedin, mastodon, pinterest, startPage, substack, threads, tiktok,
        twitter,
        whatsapp, youtube

    /// As people write it.
    public var name: String {
        switch self {
        case .bluesky: "Bluesky"
        case .facebook: "Facebook"
        case .googlebusiness: "Google Business Profile"
        case .instagram: "Instagram"
        case .linkedin: "LinkedIn"
        case .mastodon: "Mastodon"
        case .pinterest: "Pinterest"
        case .startPage: "Start Page"
        case .substack: "Substack"
        case .threads: "Threads"
        case .tiktok: "TikTok"
        case .twitter: "X (Twitter)"
        case .whatsapp: "WhatsApp"
        case .youtube: "YouTube"
        }
    }
}

/// What kind of account at its service a channel is. Raw values are the wire's.
public enum ChannelType: String, Sendable, Hashable, Codable, CaseIterable {
    case account, business, channel, group, page, profile

    /// As people write it, behind the service's name: `LinkedIn Page`.
    public var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// A part of Buffer that a channel takes part in. Raw values are the wire's.
public enum Product: String, Sendable, Hashable, Codable, CaseIterable {
    case analyze, buffer, comments, engage, publish, startPage
}
