/// Records what would have gone out, instead of sending it: for tests, sandboxes and trials.
///
/// However often a claim comes, its post is recorded once. A reminder is no delivery, so nothing is recorded for it.
public struct OutboxPublisher: Publisher {
    private let store: any OutboxStore
    private let environment: PostingEnvironment

    /// A publisher that records in `store`.
    public init(store: any OutboxStore, environment: PostingEnvironment) {
        self.store = store
        self.environment = environment
    }

    /// Records the post; refused if the channel has a fault.
    public func publish(_ claim: Claim) async throws -> PublishingResult {
        guard claim.post.schedulingType == .automatic else { return .notified }
        if let fault = try await store.record(OutboxDelivery(claim, at: environment.moment)) { return .refused(fault) }
        return .sent(externalLink: nil, metrics: claim.post.service.metricKinds.map { PostMetric($0, 0) })
    }
}
