import Foundation
import SluicePosting

extension PostQuery {
    /// A `PostsInput`. All filters must hold; an id that is well formed but names nothing here matches nothing.
    init(_ input: InputObject, of organization: OrganizationReference) throws(PostingError) {
        self.init(organization: organization, sort: try Self.sort(input))
        guard let filter = input.object("filter") else { return }
        channelIDs = try filter.ids("channelIds", of: "Channel", atMost: Self.channelLimit)
        statuses = filter.values("status")
        // `startDate` and `endDate` came before `dueAt` and mean the same.
        dueAt = Self.meeting(
            filter.object("dueAt").map(Span.init), Span(start: filter.date("startDate"), end: filter.date("endDate")))
        createdAt = filter.object("createdAt").map(Span.init)
        hasDueAt = filter.string("dueAtPresence").map { $0 == "present" }
        tagIDs = try filter.ids("tagIds", of: "Tag", atMost: TagFilter.tagLimit)
        if let tags = filter.object("tags") { self.tags = try TagFilter(tags) }
    }

    private static func sort(_ input: InputObject) throws(PostingError) -> [Sort] {
        var seen: Set<SortKey> = []
        var keys: [Sort] = []
        for key in try input.objects("sort", atMost: sortLimit) ?? [] {
            // A key that stands there twice has decided all that it can the first time.
            guard let name: SortKey = key.value("field"), seen.insert(name).inserted else { continue }
            keys.append(Sort(key: name, isAscending: key.string("direction") == "asc"))
        }
        return keys
    }

    /// The span in which both hold; `nil` if neither says anything.
    private static func meeting(_ one: Span?, _ other: Span) -> Span? {
        let start = [one?.start, other.start].compactMap { $0 }.max()
        let end = [one?.end, other.end].compactMap { $0 }.min()
        return start == nil && end == nil ? nil : Span(start: start, end: end)
    }
}

extension PostQuery.Span {
    /// A `DateTimeComparator`.
    init(_ input: InputObject) { self.init(start: input.date("start"), end: input.date("end")) }
}
