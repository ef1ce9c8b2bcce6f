import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// `aggregatedPostMetrics` and the metrics of a post.
struct MetricFields: Sendable {
    let access: Access
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let (access, posting) = (access, posting)
        resolvers.resolveAsync("Query", "aggregatedPostMetrics") { request in
            let input = InputObject(of: request)
            let organization = try await access.organization(input.text("organizationId"), for: request.context)
            guard let start = input.date("startDateTime"), let end = input.date("endDateTime") else {
                throw PostingError.invalid(["startDateTime and endDateTime are required"])
            }
            let totals = try await posting.posts.metrics(
                of: organization.thing,
                channels: try input.ids("channelIds", of: "Channel", atMost: PostQuery.channelLimit),
                tags: try input.object("tags").map(TagFilter.init), from: start, to: end)
            return FieldValue.object(totals)
        }
        resolvers.object(MetricTotals.self, "AggregatedPostMetrics") { totals in
            totals.field("metrics") { $0.shown.map { FieldValue.object($0) } }
            totals.field("metricsUpdatedAt") { $0.updatedAt.map(Timestamp.text) }
        }
        resolvers.object(PostMetric.self, "PostMetric") { metric in
            metric.field("description") { $0.kind.words }
            metric.field("name") { $0.kind.name }
            metric.field("type") { $0.kind.rawValue }
            metric.field("unit") { $0.kind.unit.rawValue }
            metric.field("value") { $0.value }
        }
    }
}

extension MetricTotals {
    /// How many posts, reactions and comments in any case, and further kinds only where every channel counts them: a sum over
    /// channels some of which do not count would be read as if they all did.
    fileprivate var shown: [PostMetric] {
        PostMetric.Kind.allCases.compactMap { kind in
            switch kind {
            case .postCount: PostMetric(kind, Double(postCount))
            case .reactions, .comments: PostMetric(kind, values[kind] ?? 0)
            default: commonKinds.contains(kind) ? PostMetric(kind, values[kind] ?? 0) : nil
            }
        }
    }
}
