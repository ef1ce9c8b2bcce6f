extension Service {
    /// What this service counts for a post, in the order it is shown. All count reactions and comments.
    public var metricKinds: [PostMetric.Kind] {
        switch self {
        case .bluesky: [.reactions, .comments, .reposts, .quotes]
        case .facebook: [.reactions, .comments, .shares, .clicks, .reach, .views, .engagementRate]
        case .googlebusiness: [.reactions, .comments, .clicks, .views]
        case .instagram: [.reactions, .comments, .saves, .shares, .reach, .views, .follows, .engagementRate]
        case .linkedin: [.reactions, .comments, .shares, .clicks, .impressions, .engagementRate]
        case .mastodon: [.reactions, .comments, .reposts]
        case .pinterest: [.reactions, .comments, .saves, .clicks, .impressions, .engagementRate]
        case .threads: [.reactions, .comments, .reposts, .quotes, .shares, .views]
        case .tiktok: [.reactions, .comments, .shares, .reach, .views, .totalTimeWatched]
        case .twitter: [.reactions, .comments, .reposts, .quotes, .clicks, .impressions, .engagementRate]
        case .youtube: [.reactions, .comments, .likes, .views, .viewers, .totalTimeWatched]
        case .startPage, .substack, .whatsapp: [.reactions, .comments]
        }
    }
}
