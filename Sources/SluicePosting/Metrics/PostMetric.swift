public import Foundation

/// One number that a network counted for a post.
public struct PostMetric: Sendable, Equatable, Codable {
    /// What was counted. Raw values are the wire's; those of the older schema are left out.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case clicks, comments, engagementRate, follows, impressions, likes, postCount, quotes, reach, reactions, reposts, saves,
            shares, totalTimeWatched, viewers, views
    }

    /// What was counted.
    public let kind: Kind
    /// How much: a count, or per cent for `engagementRate`.
    public let value: Double

    /// A number.
    public init(_ kind: Kind, _ value: Double) {
        self.kind = kind
        self.value = value
    }
}

/// Metrics of several posts together.
public struct MetricTotals: Sendable, Equatable {
    /// How many posts.
    public var postCount: Int
    /// The sum of each kind; of `engagementRate` the mean.
    public var values: [PostMetric.Kind: Double]
    /// The kinds that every channel with posts among them counts.
    public var commonKinds: Set<PostMetric.Kind>
    /// When the stalest of the counts was asked for; `nil` without posts.
    public var updatedAt: Date?

    /// Totals.
    public init(
        postCount: Int = 0, values: [PostMetric.Kind: Double] = [:], commonKinds: Set<PostMetric.Kind> = [],
        updatedAt: Date? = nil
    ) {
        self.postCount = postCount
        self.values = values
        self.commonKinds = commonKinds
        self.updatedAt = updatedAt
    }
}
