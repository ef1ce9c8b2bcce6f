import Foundation
import SluicePosting

extension PostQuery {
    /// What the query asks for, said without a database: the posts that pass every filter, in order.
    func answer(from posts: [Post]) -> [Post] { posts.filter(admits).sorted { isBefore($0, $1) } }

    private func admits(_ post: Post) -> Bool {
        post.organization == organization
            && channelIDs.map { $0.contains(post.channelID) } ?? true
            && statuses.map { $0.contains(post.status) } ?? true
            && dueAt.map { $0.isOpen || post.dueAt.map($0.admits) ?? false } ?? true
            && createdAt.map { $0.admits(post.createdAt) } ?? true
            && hasDueAt.map { $0 == (post.dueAt != nil) } ?? true
            && tagIDs.map { !Set($0).isDisjoint(with: post.tagIDs) } ?? true
            && tags.map { !Set($0.any).isDisjoint(with: post.tagIDs) || ($0.orNone && post.tagIDs.isEmpty) } ?? true
    }

    private func isBefore(_ left: Post, _ right: Post) -> Bool {
        var seen: Set<SortKey> = []
        var isLastAscending = false
        for key in sort where seen.insert(key.key).inserted {
            isLastAscending = key.isAscending
            let (one, other) = key.key == .dueAt ? (left.dueAt, right.dueAt) : (left.createdAt, right.createdAt)
            switch (one, other) {
            case (nil, nil): continue
            case (_?, nil): return true
            case (nil, _?): return false
            case (let one?, let other?):
                if one != other { return key.isAscending ? one < other : one > other }
            }
        }
        return isLastAscending ? left.id < right.id : left.id > right.id
    }
}

extension PostQuery.Span {
    fileprivate var isOpen: Bool { start == nil && end == nil }

    fileprivate func admits(_ moment: Date) -> Bool { start.map { $0 <= moment } ?? true && end.map { moment <= $0 } ?? true }
}

/// Numbers that look random and are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    // Each step is a bijection, so the state never falls into a short circle.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
