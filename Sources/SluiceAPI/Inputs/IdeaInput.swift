import Foundation
import SluicePosting

extension IdeaDraft {
    /// A `CreateIdeaInput`. `cta` and `templateId` are taken and not kept: they are for Buffer's own statistics.
    init(_ input: InputObject, in organization: OrganizationReference) throws(PostingError) {
        let group = input.object("group")
        self.init(
            organization: organization, content: try IdeaContent(input.object("content") ?? InputObject()),
            groupID: try group?.id("groupId", of: "Idea group"), behind: try group?.id("placeAfterId", of: "Idea"))
    }
}

extension IdeaContent {
    private static let mediaLimit = 20

    /// An `IdeaContentInput`. Tags come with names and colours; those that the tags have are the ones that count.
    fileprivate init(_ input: InputObject) throws(PostingError) {
        self.init(title: input.string("title"), text: input.string("text"))
        media = try input.objects("media", atMost: Self.mediaLimit)?.map(IdeaMedia.init) ?? []
        for tag in try input.objects("tags", atMost: PostingLimits.tagsPerPost) ?? [] {
            tagIDs.append(try TagID(tag.text("id"), named: "Tag").text)
        }
        services = input.values("services") ?? []
        date = input.date("date")?.milliseconds
        isAIAssisted = input.bool("aiAssisted") ?? false
    }
}

extension IdeaMedia {
    /// An `IdeaMediaInput`; its id is given when it is kept. Nobody is told through `source.trigger` that it is used.
    fileprivate init(_ input: InputObject) {
        self.init(
            id: "", url: input.text("url"), kind: input.value("type") ?? .unsupported, altText: input.string("alt"),
            thumbnailURL: input.string("thumbnailUrl"), size: input.int("size"),
            source: input.object("source").map {
                Source(name: $0.text("name"), id: $0.string("id"), author: $0.string("author"), authorURL: $0.string("authorUrl"))
            })
    }
}

extension IdeaQuery {
    private static let groupLimit = 100

    /// An `IdeasInput`.
    /// - Throws: `PostingError.invalid` if the group filter has none or both of its members.
    init(_ input: InputObject, of organization: OrganizationReference) throws(PostingError) {
        self.init(organization: organization)
        if let tags = input.object("tagsFilter") { self.tags = try TagFilter(tags) }
        guard let filter = input.object("groupFilter") else { return }
        guard filter.given.count == 1 else {
            throw .invalid(["`groupFilter` must have exactly one of `groups` and `membership`"])
        }
        if let ids: [IdeaGroupID] = try filter.ids("groups", of: "Idea group", atMost: Self.groupLimit) {
            groups = .groups(ids)
        } else {
            groups = filter.string("membership") == "grouped" ? .grouped : .ungrouped
        }
    }
}
