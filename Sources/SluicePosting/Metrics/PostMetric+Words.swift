extension PostMetric {
    /// What a metric is counted in. Raw values are the wire's.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        case count, percentage
    }
}

extension PostMetric.Kind {
    /// As people write it: `Engagement rate`.
    public var name: String {
        switch self {
        case .clicks: "Clicks"
        case .comments: "Comments"
        case .engagementRate: "Engagement rate"
        case .follows: "Follows"
        case .impressions: "Impressions"
        case .likes: "Likes"
        case .postCount: "Posts"
        case .quotes: "Quotes"
        case .reach: "Reach"
        case .reactions: "Reactions"
        case .reposts: "Reposts"
        case .saves: "Saves"
        case .shares: "Shares"
        case .totalTimeWatched: "Total time watched"
        case .viewers: "Viewers"
        case .views: "Views"
        }
    }

    /// What it counts, in a sentence.
    public var words: String {
        switch self {
        case .clicks: "How often somebody followed a link or opened the post."
        case .comments: "How many comments and replies the post has."
        case .engagementRate: "The share of those who saw the post that did something with it."
        case .follows: "How many people followed the account from the post."
        case .impressions: "How often the post was shown."
        case .likes: "How many likes the post has."
        case .postCount: "How many posts were counted."
        case .quotes: "How often the post was quoted."
        case .reach: "How many different people saw the post."
        case .reactions: "How many reactions of any kind the post has."
        case .reposts: "How often the post was passed on as it is."
        case .saves: "How often the post was kept for later."
        case .shares: "How often the post was shared."
        case .totalTimeWatched: "How long the film was watched in all, in seconds."
        case .viewers: "How many different people watched the film."
        case .views: "How often the post was viewed."
        }
    }

    /// What it is counted in.
    public var unit: PostMetric.Unit { self == .engagementRate ? .percentage : .count }
}
