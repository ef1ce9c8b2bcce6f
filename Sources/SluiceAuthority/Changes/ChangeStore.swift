public import Foundation

/// Where changes are read from.
public protocol ChangeStore: Sendable {
    /// The changes behind `sequence`, oldest first; at most 1,000.
    func changes(after sequence: Int64) async throws -> [Change]

    /// The changes at or after `date`, oldest first, all of them: what a node must know when it starts.
    func changes(since date: Date) async throws -> [Change]

    /// The greatest sequence ever given, 0 for none.
    func lastChange() async throws -> Int64

    /// Deletes changes from before `date`.
    func sweepChanges(before date: Date) async throws
}
