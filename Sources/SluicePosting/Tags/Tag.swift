public import Foundation

/// A word that posts and ideas of an organization are sorted by.
public struct Tag: Sendable, Equatable {
    /// The tag's id.
    public let id: TagID
    /// Its organization.
    public let organization: OrganizationReference
    /// Its word: 1 to 50 characters, unique in the organization whatever the case.
    public var name: String
    /// Its colour.
    public var color: TagColor
    /// When it was made.
    public let createdAt: Date

    /// A tag from stored values.
    public init(id: TagID, organization: OrganizationReference, name: String, color: TagColor, createdAt: Date) {
        self.id = id
        self.organization = organization
        self.name = name
        self.color = color
        self.createdAt = createdAt
    }
}

/// The colours a tag may have. Raw values are the wire's.
public enum TagColor: String, Sendable, Hashable, Codable, CaseIterable {
    case blue, blueLight, gray, grayLight, green, greenLight, orange, orangeLight, pink, pinkLight, purple, purpleLight, red,
        redLight, teal, tealLight, yellow, yellowLight
}

/// Where tags are kept. Every engine passes `TagStoreContract`.
public protocol TagStore: Sendable {
    /// Keeps a new tag; `.taken` for a word that the organization has.
    func insert(_ tag: Tag, limit: Int) async throws -> TagInsertion
    /// Renames and recolours a tag; `false` if there is none or the word is taken.
    func update(_ tag: Tag) async throws -> Bool
    /// Deletes a tag, from posts and ideas too; `false` if there is none.
    func delete(_ id: TagID, of organization: OrganizationReference) async throws -> Bool
    /// The organization's tags by name; at most 1,000.
    func tags(of organization: OrganizationReference) async throws -> [Tag]
    /// Those of the tags that exist, in no order; at most 1,000 ids.
    func tags(_ ids: [TagID]) async throws -> [Tag]
}

/// What became of a new tag.
public enum TagInsertion: Sendable, Equatable {
    case inserted, taken, full, unknownOrganization
}
