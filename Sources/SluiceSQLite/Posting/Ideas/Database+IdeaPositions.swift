import GRDB
import SluicePosting

// Positions are numbers with room between them, so that putting an idea somewhere moves no other.
extension Database {
    /// A position for a new idea: behind another of its group, or at the top if that one is not there.
    func position(behind: IdeaID?, in idea: Idea) throws -> Double {
        guard let behind, let before = try position(of: behind, in: idea) else {
            return (try edge("min(position)", in: idea) ?? 1) - 1
        }
        if let free = try gap(behind: before, in: idea) { return free }
        // Halved so often that no number is left between the two.
        try spread(idea)
        let spread = try position(of: behind, in: idea) ?? 0
        return try gap(behind: spread, in: idea) ?? spread
    }

    private func position(of id: IdeaID, in idea: Idea) throws -> Double? {
        try row(
            "SELECT position FROM ideas WHERE organization_id = ?1 AND group_id IS ?2 AND id = ?3", group(of: idea) + [.id(id)]
        ) { $0.real(0) }
    }

    /// A number between a position and the next one that is taken; `nil` if there is none.
    private func gap(behind before: Double, in idea: Idea) throws -> Double? {
        guard let next = try edge("min(position)", "AND position > ?3", [.real(before)], in: idea) else { return before + 1 }
        let middle = before + (next - before) / 2
        return before < middle && middle < next ? middle : nil
    }

    private func edge(
        _ expression: String, _ condition: String = "", _ values: [StoredValue] = [], in idea: Idea
    ) throws -> Double? {
        try row(
            "SELECT \(expression) FROM ideas WHERE organization_id = ?1 AND group_id IS ?2 \(condition)",
            group(of: idea) + values
        ) { $0.isNull(0) ? nil : $0.real(0) } ?? nil
    }

    /// Gives the ideas of a group whole numbers, in the order they have.
    private func spread(_ idea: Idea) throws {
        try run(
            """
            UPDATE ideas SET position = placed.number FROM (
                SELECT id, row_number() OVER (ORDER BY position, created_at DESC, id DESC) AS number FROM ideas
                WHERE organization_id = ?1 AND group_id IS ?2) AS placed
            WHERE ideas.id = placed.id
            """, group(of: idea))
    }

    private func group(of idea: Idea) -> [StoredValue] { [.id(idea.organization), .id(idea.groupID)] }
}
