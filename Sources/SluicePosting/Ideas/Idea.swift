public import Foundation

/// Something to post about one day. It belongs to an organization, not to a channel.
public struct Idea: Sendable, Equatable {
    /// The idea's id.
    public let id: IdeaID
    /// Its organization.
    public let organization: OrganizationReference
    /// What it says.
    public var content: IdeaContent
    /// Its group; `nil` for none.
    public var groupID: IdeaGroupID?
    /// Where it stands in its group, lowest first.
    public var position: Double
    /// When it was made.
    public let createdAt: Date
    /// When it was last changed.
    public var updatedAt: Date

    /// An idea from stored values.
    public init(
        id: IdeaID, organization: OrganizationReference, content: IdeaContent, groupID: IdeaGroupID?, position: Double,
        createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.organization = organization
        self.content = content
        self.groupID = groupID
        self.position = position
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What an idea says. Title or text is enough.
public struct IdeaContent: Sendable, Equatable, Codable {
    /// At most 300 characters.
    public var title: String?
    /// At most 10,000 characters.
    public var text: String?
    /// At most 20.
    public var media: [IdeaMedia] = []
    /// Which tags it has; their names and colours are the tags' own.
    public var tagIDs: [String] = []
    /// For which services it is meant.
    public var services: [Service] = []
    /// For which day it is meant, in milliseconds since 1970.
    public var date: Int64?
    /// Whether a machine helped.
    public var isAIAssisted = false

    /// Says nothing yet.
    public init(title: String? = nil, text: String? = nil) {
        self.title = title
        self.text = text
    }

    /// From what is kept. Members that it lacks are those of a new one.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        try members.read(.title, into: &title)
        try members.read(.text, into: &text)
        try members.read(.media, into: &media)
        try members.read(.tagIDs, into: &tagIDs)
        try members.read(.services, into: &services)
        try members.read(.date, into: &date)
        try members.read(.isAIAssisted, into: &isAIAssisted)
    }
}

/// A picture, film or link of an idea.
public struct IdeaMedia: Sendable, Equatable, Codable {
    /// What it is. Raw values are the wire's.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case image, gif, video, link, document, unsupported
    }

    /// 24 hexadecimal digits.
    public var id: String
    /// Its public address.
    public var url: String
    /// What it is.
    public var kind: Kind
    /// What it shows.
    public var altText: String?
    /// A smaller picture of it.
    public var thumbnailURL: String?
    /// In bytes.
    public var size: Int?
    /// Where it was found.
    public var source: Source?

    /// A medium.
    public init(
        id: String, url: String, kind: Kind, altText: String? = nil, thumbnailURL: String? = nil, size: Int? = nil,
        source: Source? = nil
    ) {
        self.id = id
        self.url = url
        self.kind = kind
        self.altText = altText
        self.thumbnailURL = thumbnailURL
        self.size = size
        self.source = source
    }

    /// Where a medium was found.
    public struct Source: Sendable, Equatable, Codable {
        /// The collection.
        public var name: String
        /// Its id there.
        public var id: String?
        /// Who made it.
        public var author: String?
        /// Where its maker is.
        public var authorURL: String?

        /// A source.
        public init(name: String, id: String? = nil, author: String? = nil, authorURL: String? = nil) {
            self.name = name
            self.id = id
            self.author = author
            self.authorURL = authorURL
        }
    }
}

/// A column of ideas.
public struct IdeaGroup: Sendable, Equatable {
    /// The group's id.
    public let id: IdeaGroupID
    /// Its organization.
    public let organization: OrganizationReference
    /// 1 to 100 characters.
    public var name: String
    /// Whether nothing may be added.
    public var isLocked: Bool
    /// When it was made.
    public let createdAt: Date

    /// A group from stored values.
    public init(id: IdeaGroupID, organization: OrganizationReference, name: String, isLocked: Bool, createdAt: Date) {
        self.id = id
        self.organization = organization
        self.name = name
        self.isLocked = isLocked
        self.createdAt = createdAt
    }
}

/// Which ideas of an organization are wanted.
public struct IdeaQuery: Sendable, Equatable {
    /// Which groups.
    public enum GroupFilter: Sendable, Equatable {
        /// In one of these; at most 100.
        case groups([IdeaGroupID])
        /// In any group.
        case grouped
        /// In none.
        case ungrouped
    }

    /// Whose.
    public var organization: OrganizationReference
    /// Which groups; `nil` for all.
    public var groups: GroupFilter?
    /// By tags.
    public var tags: TagFilter?

    /// All ideas of an organization, newest first.
    public init(organization: OrganizationReference, groups: GroupFilter? = nil, tags: TagFilter? = nil) {
        self.organization = organization
        self.groups = groups
        self.tags = tags
    }
}

/// Where ideas and their groups are kept. Every engine passes `IdeaStoreContract`.
public protocol IdeaStore: Sendable {
    /// Keeps an idea with its tags.
    /// - Parameter behind: The idea of the same group it is put behind; `nil` for the top.
    /// - Returns: The idea with its position, or why it is not kept.
    func insert(_ idea: Idea, behind: IdeaID?, limit: Int) async throws -> IdeaInsertion
    /// The idea; `nil` if there is none.
    func idea(_ id: IdeaID) async throws -> Idea?
    /// Ideas, newest first.
    func ideas(_ query: IdeaQuery, _ page: PageRequest) async throws -> Page<Idea>
    /// Keeps a group; `false` if the organization is unknown or has `limit` of them.
    func insert(_ group: IdeaGroup, limit: Int) async throws -> Bool
    /// The organization's groups, oldest first; at most 200.
    func ideaGroups(of organization: OrganizationReference) async throws -> [IdeaGroup]
    /// Deletes a group; its ideas stay, in none. `false` if there is none.
    func deleteIdeaGroup(_ id: IdeaGroupID, of organization: OrganizationReference) async throws -> Bool
}

/// What became of a new idea.
public enum IdeaInsertion: Sendable, Equatable {
    case inserted(Idea)
    /// The organization has as many as it may.
    case full
    /// There is no such group, or it is locked.
    case unknownGroup
    /// One of its tags is not the organization's.
    case unknownTag
    case unknownOrganization
}
