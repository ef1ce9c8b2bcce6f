import SluiceGraphQL
import SluicePosting

/// What only one network's channels have.
enum ChannelMetadataFields {
    /// The member of the union `ChannelMetadata` for a channel's service; null where the schema has none.
    static func value(of channel: Channel) -> FieldValue {
        let type: String? =
            switch channel.service {
            case .bluesky: "BlueskyMetadata"
            case .facebook: "FacebookMetadata"
            case .googlebusiness: "GoogleBusinessMetadata"
            case .instagram: "InstagramMetadata"
            case .linkedin: "LinkedInMetadata"
            case .mastodon: "MastodonMetadata"
            case .pinterest: "PinterestMetadata"
            case .threads, .startPage, .substack: nil
            case .tiktok: "TiktokMetadata"
            case .twitter: "TwitterMetadata"
            // Its members are ids of an account at WhatsApp, which nobody has here.
            case .whatsapp: nil
            case .youtube: "YoutubeMetadata"
            }
        return type.map { .object(channel.facts, as: $0) } ?? .null
    }

    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(ChannelFacts.self, "BlueskyMetadata") { facts in
            facts.field("serverUrl") { $0.serverURL ?? "https://bsky.social" }
        }
        for type in ["FacebookMetadata", "GoogleBusinessMetadata"] {
            resolvers.object(ChannelFacts.self, type) { facts in
                facts.field("locationData") { $0.location.map { FieldValue.object($0) } }
            }
        }
        for type in ["InstagramMetadata", "TiktokMetadata", "YoutubeMetadata"] {
            resolvers.object(ChannelFacts.self, type) { facts in
                facts.field("defaultToReminders") { $0.defaultToReminders ?? false }
            }
        }
        resolvers.object(ChannelFacts.self, "LinkedInMetadata") { facts in
            facts.field("shouldShowLinkedinAnalyticsRefreshBanner") { _ in false }
        }
        resolvers.object(ChannelFacts.self, "MastodonMetadata") { facts in
            facts.field("maxCharacters") { $0.maxCharacters ?? 500 }
            facts.field("serverUrl") { $0.serverURL ?? "https://mastodon.social" }
        }
        resolvers.object(ChannelFacts.self, "PinterestMetadata") { facts in
            facts.field("boards") { $0.boards.map { FieldValue.object($0) } }
        }
        resolvers.object(ChannelFacts.self, "TwitterMetadata") { facts in
            facts.field("subscriptionType") { $0.subscriptionType }
        }
        resolvers.object(ChannelFacts.Board.self, "PinterestBoard") { board in
            board.field("id") { $0.id }
            board.field("avatar") { $0.avatarURL }
            board.field("description") { $0.description }
            board.field("name") { $0.name }
            board.field("serviceId") { $0.serviceID }
            board.field("url") { $0.url }
        }
        resolvers.object(ChannelFacts.Location.self, "LocationData") { place in
            place.field("googleAccountId") { $0.googleAccountID }
            place.field("location") { $0.location }
            place.field("mapsLink") { $0.mapsLink }
        }
    }
}
