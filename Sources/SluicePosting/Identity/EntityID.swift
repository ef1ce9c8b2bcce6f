/// The name of one row: 24 lowercase hexadecimal digits, the form Buffer's ids have.
///
/// The phantom `Kind` keeps a channel's id from being passed where a post's is meant.
public struct EntityID<Kind>: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The 24 digits.
    public let text: String

    /// An id from its text; `nil` for anything but 24 lowercase hexadecimal digits.
    public init?(_ text: String) {
        guard text.isEntityID else { return nil }
        self.text = text
    }

    /// An id from a part of a text; `nil` for anything but 24 lowercase hexadecimal digits.
    public init?(_ text: Substring) { self.init(String(text)) }

    /// A fresh id of 96 random bits.
    /// - Parameter draw: Gives 64 random bits at each call.
    public init(random draw: () -> UInt64) {
        let digits = [UInt8]("0123456789abcdef".utf8)
        let high = draw()
        let low = draw()
        text = String(unsafeUninitializedCapacity: 24) { buffer in
            for index in 0..<16 { buffer[index] = digits[Int(truncatingIfNeeded: high >> UInt64(60 - 4 * index)) & 0xF] }
            for index in 0..<8 { buffer[16 + index] = digits[Int(truncatingIfNeeded: low >> UInt64(28 - 4 * index)) & 0xF] }
            return 24
        }
    }

    /// The 24 digits.
    public var description: String { text }

    /// Orders by value; the order means nothing beyond being stable.
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension String {
    /// Not generic, unlike the initializers: every row read asks this several times.
    fileprivate var isEntityID: Bool {
        utf8.count == 24 && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// Marks the id of an organization, which this module knows by its id alone.
public enum OrganizationMark {}
/// Marks the id of an account, which this module knows by its id alone.
public enum AccountMark {}

/// Names an organization.
public typealias OrganizationReference = EntityID<OrganizationMark>
/// Names the account of an author.
public typealias AccountReference = EntityID<AccountMark>
/// Names a channel.
public typealias ChannelID = EntityID<Channel>
/// Names a post.
public typealias PostID = EntityID<Post>
/// Names an idea.
public typealias IdeaID = EntityID<Idea>
/// Names a group of ideas.
public typealias IdeaGroupID = EntityID<IdeaGroup>
/// Names a tag.
public typealias TagID = EntityID<Tag>
/// Names a note.
public typealias NoteID = EntityID<Note>
/// Names a template.
public typealias TemplateID = EntityID<PostTemplate>
