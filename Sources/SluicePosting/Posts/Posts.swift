import Foundation

/// Posts: made, changed, moved, approved and counted. Who may do which is the caller's to ask.
///
/// Methods throw ``PostingError`` for whoever asked; any other error is a fault of the store.
public struct Posts: Sendable {
    let store: any PostingStore
    private let limits: PostingLimits
    let environment: PostingEnvironment
    /// Called after a change that may have made something due earlier.
    private let wake: @Sendable () -> Void

    init(
        store: any PostingStore, limits: PostingLimits, environment: PostingEnvironment, wake: @escaping @Sendable () -> Void
    ) {
        self.store = store
        self.limits = limits
        self.environment = environment
        self.wake = wake
    }

    /// Makes a post and gives it its time.
    public func create(_ draft: PostDraft) async throws -> Post {
        try requireSize(PostContent(text: draft.text, assets: draft.assets, metadata: draft.metadata))
        let id = PostID(random: environment.random)
        let post = try await change(draft.channelID) { try $0.create(draft, id: id) }
        if post.status == .scheduled { wake() }
        return post
    }

    /// Changes a post; what the edit leaves out stays.
    /// - Parameter states: Those that the post may be in when it is changed; see ``PostEditor/states(for:)``.
    public func edit(_ id: PostID, _ edit: PostEdit, onlyIn states: Set<PostStatus>? = nil) async throws -> Post {
        try requireSize(PostContent(text: edit.text ?? "", assets: edit.assets ?? [], metadata: edit.metadata))
        let post = try await change(require(id).channelID) { step in
            try step.require(id, in: states)
            return try step.edit(id, edit)
        }
        if post.status == .scheduled { wake() }
        return post
    }

    /// Deletes a post, whatever became of it; only while it is being sent that is refused.
    /// - Parameter states: Those that the post may be in when it is deleted; see ``PostEditor/states(for:)``.
    /// - Throws: `notFound` the second time.
    public func delete(_ id: PostID, onlyIn states: Set<PostStatus>? = nil) async throws {
        try await change(require(id).channelID) { step in
            try step.require(id, in: states)
            try step.delete(id)
        }
    }

    /// Puts a queued post first or last in its queue.
    public func move(_ id: PostID, to position: QueuePosition) async throws -> Post {
        try await change(require(id).channelID) { try $0.move(id, to: position) }
    }

    /// Schedules a post that waits for approval, by its mode.
    public func approve(_ id: PostID) async throws -> Post {
        let post = try await change(require(id).channelID) { try $0.approve(id) }
        wake()
        return post
    }

    /// Makes a post that waits for approval a draft again.
    public func reject(_ id: PostID) async throws -> Post {
        try await change(require(id).channelID) { try $0.reject(id) }
    }

    /// Sends a post that failed once more, now.
    public func retry(_ id: PostID) async throws -> Post {
        let post = try await change(require(id).channelID) { try $0.retry(id) }
        wake()
        return post
    }

    /// Notes that a person published the post that they were reminded of.
    public func markPublished(_ id: PostID) async throws -> Post {
        try await change(require(id).channelID) { try $0.markPublished(id) }
    }

    /// The post; `nil` if there is none.
    public func post(_ id: PostID) async throws -> Post? { try await store.post(id) }

    /// The posts a query asks for.
    public func list(_ query: PostQuery, _ page: PageRequest) async throws -> Page<Post> {
        var complaints: [String] = []
        if query.channelIDs?.count ?? 0 > PostQuery.channelLimit {
            complaints.append("At most \(PostQuery.channelLimit) channels can be asked for at once")
        }
        if max(query.tagIDs?.count ?? 0, query.tags?.any.count ?? 0) > TagFilter.tagLimit {
            complaints.append("At most \(TagFilter.tagLimit) tags can be asked for at once")
        }
        if query.sort.count > PostQuery.sortLimit { complaints.append("A list is sorted by at most \(PostQuery.sortLimit) keys") }
        guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
        // No channel matches nothing, and needs no question.
        if query.channelIDs?.isEmpty == true || query.statuses?.isEmpty == true { return Page(entries: [], hasNext: false) }
        return try await store.posts(query, page)
    }

    private func require(_ id: PostID) async throws -> Post {
        guard let post = try await store.post(id) else { throw PostingError.notFound("Post") }
        return post
    }

    /// No channel is held still for what is too large to be read.
    private func requireSize(_ content: PostContent) throws {
        guard !ContentShape.isOversized(content) else { throw PostingError.invalid(ContentShape.complaints(about: content)) }
    }

    private func change<Outcome: Sendable>(
        _ channel: ChannelID, _ step: @escaping @Sendable (PostStep) throws -> Outcome
    ) async throws -> Outcome {
        let (limits, now) = (limits, environment.moment)
        return try await store.change(channel) { try step(PostStep(ledger: $0, limits: limits, now: now)) }
    }
}

extension PostQuery {
    /// How many channels a filter may name.
    public static let channelLimit = 200
    /// How many keys an order may have.
    public static let sortLimit = 4
}

extension TagFilter {
    /// How many tags a filter may name.
    public static let tagLimit = 200
}
