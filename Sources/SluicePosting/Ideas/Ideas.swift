/// The ideas of organizations and their groups. Who may do what is the caller's to ask.
///
/// Methods throw ``PostingError`` for whoever asked; any other error is a fault of the store.
public struct Ideas: Sendable {
    private let store: any PostingStore
    private let limits: PostingLimits
    private let environment: PostingEnvironment

    init(store: any PostingStore, limits: PostingLimits, environment: PostingEnvironment) {
        self.store = store
        self.limits = limits
        self.environment = environment
    }

    /// Keeps an idea; each call makes a new one.
    public func create(_ draft: IdeaDraft) async throws -> Idea {
        let complaints = IdeaRules.complaints(about: draft.content)
        guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
        let now = environment.moment
        var content = draft.content
        for index in content.media.indices where content.media[index].id.isEmpty {
            content.media[index].id = EntityID<IdeaMedia>(random: environment.random).text
        }
        let idea = Idea(
            id: IdeaID(random: environment.random), organization: draft.organization, content: content,
            groupID: draft.groupID, position: 0, createdAt: now, updatedAt: now)
        switch try await store.insert(idea, behind: draft.behind, limit: limits.ideas) {
        case .inserted(let idea): return idea
        case .full: throw PostingError.limitReached("The organization has \(limits.ideas) ideas, which is as many as it may")
        case .unknownGroup: throw PostingError.notFound("Idea group")
        case .unknownTag: throw PostingError.notFound("Tag")
        case .unknownOrganization: throw PostingError.notFound("Organization")
        }
    }

    /// The ideas a query asks for, newest first.
    public func list(_ query: IdeaQuery, _ page: PageRequest) async throws -> Page<Idea> {
        if case .groups(let groups) = query.groups {
            guard groups.count <= 100 else { throw PostingError.invalid(["At most 100 groups can be asked for at once"]) }
            if groups.isEmpty { return Page(entries: [], hasNext: false) }
        }
        guard query.tags?.any.count ?? 0 <= 200 else { throw PostingError.invalid(["At most 200 tags can be asked for at once"]) }
        return try await store.ideas(query, page)
    }

    /// The organization's groups, oldest first.
    public func groups(of organization: OrganizationReference) async throws -> [IdeaGroup] {
        try await store.ideaGroups(of: organization)
    }

    /// Makes a group.
    public func addGroup(named name: String, to organization: OrganizationReference) async throws -> IdeaGroup {
        let name = name.trimmed
        guard name.isLine(atMost: IdeaRules.groupNameLimit) else {
            throw PostingError.invalid(["The name of a group is one line of 1 to \(IdeaRules.groupNameLimit) characters"])
        }
        let group = IdeaGroup(
            id: IdeaGroupID(random: environment.random), organization: organization, name: name, isLocked: false,
            createdAt: environment.moment)
        guard try await store.insert(group, limit: limits.ideaGroups) else {
            throw PostingError.limitReached(
                "The organization has \(limits.ideaGroups) groups of ideas, which is as many as it may, or does not exist")
        }
        return group
    }

    /// Deletes a group; its ideas stay, in none.
    public func removeGroup(_ id: IdeaGroupID, of organization: OrganizationReference) async throws {
        guard try await store.deleteIdeaGroup(id, of: organization) else { throw PostingError.notFound("Idea group") }
    }
}
