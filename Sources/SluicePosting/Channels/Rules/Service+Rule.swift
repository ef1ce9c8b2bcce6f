extension Service {
    /// What this service asks of a post.
    var rule: any ServiceRule {
        switch self {
        case .bluesky: BlueskyRule()
        case .facebook: FacebookRule()
        case .googlebusiness: GoogleBusinessRule()
        case .instagram: InstagramRule()
        case .linkedin: LinkedInRule()
        case .mastodon: MastodonRule()
        case .pinterest: PinterestRule()
        case .startPage: StartPageRule()
        case .substack: SubstackRule()
        case .threads: ThreadsRule()
        case .tiktok: TikTokRule()
        case .twitter: TwitterRule()
        case .whatsapp: WhatsAppRule()
        case .youtube: YouTubeRule()
        }
    }

    /// How many posts a day this network takes from one account; `nil` if it does not say.
    public var dailyLimit: Int? { rule.dailyLimit }
}
