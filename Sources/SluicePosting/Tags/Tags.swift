/// The tags of organizations. Who may do what is the caller's to ask.
///
/// Methods throw ``PostingError`` for whoever asked; any other error is a fault of the store.
public struct Tags: Sendable {
    /// Characters of a tag's word.
    public static let nameLimit = 50

    private let store: any PostingStore
    private let limits: PostingLimits
    private let environment: PostingEnvironment

    init(store: any PostingStore, limits: PostingLimits, environment: PostingEnvironment) {
        self.store = store
        self.limits = limits
        self.environment = environment
    }

    /// Makes a tag.
    public func add(named name: String, color: TagColor, to organization: OrganizationReference) async throws -> Tag {
        let tag = Tag(
            id: TagID(random: environment.random), organization: organization, name: name.trimmed, color: color,
            createdAt: environment.moment)
        try require(tag.name)
        switch try await store.insert(tag, limit: limits.tags) {
        case .inserted: return tag
        case .taken: throw PostingError.conflict("The organization has a tag of this name already")
        case .full: throw PostingError.limitReached("The organization has \(limits.tags) tags, which is as many as it may")
        case .unknownOrganization: throw PostingError.notFound("Organization")
        }
    }

    /// Renames and recolours a tag.
    public func update(_ tag: Tag) async throws {
        var tag = tag
        tag.name = tag.name.trimmed
        try require(tag.name)
        guard try await !store.update(tag) else { return }
        // The store says no to both; which of them it was is a courtesy, so the second look need not be of the same moment.
        guard try await store.tags([tag.id]).contains(where: { $0.organization == tag.organization }) else {
            throw PostingError.notFound("Tag")
        }
        throw PostingError.conflict("The organization has a tag of this name already")
    }

    /// Deletes a tag, from posts and ideas too.
    public func remove(_ id: TagID, of organization: OrganizationReference) async throws {
        guard try await store.delete(id, of: organization) else { throw PostingError.notFound("Tag") }
    }

    /// The organization's tags by name.
    public func list(of organization: OrganizationReference) async throws -> [Tag] { try await store.tags(of: organization) }

    /// Those of the tags that exist, in no order.
    public func tags(_ ids: [TagID]) async throws -> [Tag] {
        let ids = Array(Set(ids))
        var found: [Tag] = []
        for start in stride(from: 0, to: ids.count, by: 1_000) {
            found += try await store.tags(Array(ids[start..<min(start + 1_000, ids.count)]))
        }
        return found
    }

    private func require(_ name: String) throws {
        guard name.isLine(atMost: Self.nameLimit) else {
            throw PostingError.invalid(["The name of a tag is one line of 1 to \(Self.nameLimit) characters"])
        }
    }
}
