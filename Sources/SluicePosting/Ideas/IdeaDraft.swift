/// An idea that somebody wants to keep, before any rule was asked.
public struct IdeaDraft: Sendable, Equatable {
    /// Whose it is.
    public var organization: OrganizationReference
    /// What it says.
    public var content: IdeaContent
    /// Its group; `nil` for none.
    public var groupID: IdeaGroupID?
    /// The idea of the same group it is put behind; `nil` for the top.
    public var behind: IdeaID?

    /// An idea.
    public init(
        organization: OrganizationReference, content: IdeaContent, groupID: IdeaGroupID? = nil, behind: IdeaID? = nil
    ) {
        self.organization = organization
        self.content = content
        self.groupID = groupID
        self.behind = behind
    }
}
