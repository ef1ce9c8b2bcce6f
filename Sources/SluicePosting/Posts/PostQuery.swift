public import Foundation

/// Which posts of an organization are wanted, and in which order. What is `nil` does not filter; all filters must hold.
public struct PostQuery: Sendable, Equatable {
    /// Whose.
    public var organization: OrganizationReference
    /// Only these channels'; an empty list matches nothing. At most 200.
    public var channelIDs: [ChannelID]?
    /// Only these.
    public var statuses: [PostStatus]?
    /// Due in this span.
    public var dueAt: Span?
    /// Made in this span.
    public var createdAt: Span?
    /// Whether there is a time at all.
    public var hasDueAt: Bool?
    /// With at least one of these tags. At most 200.
    public var tagIDs: [TagID]?
    /// By tags and by having none.
    public var tags: TagFilter?
    /// Several keys count in order; the id breaks ties. Posts without a time come last whichever way. Default: newest first.
    public var sort: [Sort]

    /// Everything of an organization, newest first.
    public init(organization: OrganizationReference, sort: [Sort] = []) {
        self.organization = organization
        self.sort = sort.isEmpty ? [Sort(key: .createdAt, isAscending: false)] : sort
    }

    /// From one moment to another; both belong to it.
    public struct Span: Sendable, Equatable {
        /// The first moment; `nil` for all before the last.
        public var start: Date?
        /// The last moment; `nil` for all from the first on.
        public var end: Date?

        /// A span.
        public init(start: Date? = nil, end: Date? = nil) {
            self.start = start
            self.end = end
        }
    }

    /// What a list is ordered by.
    public enum SortKey: String, Sendable, Hashable, CaseIterable {
        case dueAt, createdAt
    }

    /// One key of an order.
    public struct Sort: Sendable, Equatable {
        /// Which.
        public var key: SortKey
        /// The earliest first.
        public var isAscending: Bool

        /// A key.
        public init(key: SortKey, isAscending: Bool) {
            self.key = key
            self.isAscending = isAscending
        }
    }
}

/// By tags: those with one of `any`, and, if `orNone`, also those without tags.
public struct TagFilter: Sendable, Equatable {
    /// One of these is enough. At most 200.
    public var any: [TagID]
    /// Whether what has no tag matches too.
    public var orNone: Bool

    /// A filter.
    public init(any: [TagID], orNone: Bool = false) {
        self.any = any
        self.orNone = orNone
    }
}
