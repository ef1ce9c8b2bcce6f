import Foundation
package import SluicePosting

/// Pinterest's boards as people write them: one a line, `Recipes` or `Recipes | 549755885175`.
package enum BoardLines {
    /// How many boards a channel has at most.
    package static let limit = 200

    /// The boards in a text; `nil` if one has no name, or name or id are too long, or there are more than ``limit``.
    /// - Parameters:
    ///   - known: The boards that the channel has: who keeps name or id keeps what is known besides.
    ///   - random: Gives 64 random bits at each call, for ids that nobody chose.
    package static func boards(
        _ text: String, known: [ChannelFacts.Board] = [], random: () -> UInt64 = { UInt64.random(in: 0...UInt64.max) }
    ) -> [ChannelFacts.Board]? {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        guard lines.count <= limit else { return nil }
        var boards: [ChannelFacts.Board] = []
        for line in lines {
            let parts = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            let given = parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil
            guard (1...180).contains(parts[0].count), (given ?? "").utf8.count <= 64 else { return nil }
            let isSame: (ChannelFacts.Board) -> Bool = { board in
                given.map { board.serviceID == $0 } ?? (board.name == parts[0])
            }
            if var board = known.first(where: isSame) {
                board.name = parts[0]
                boards.append(board)
            } else {
                let id = EntityID<ChannelFacts.Board>(random: random).text
                // Nobody asked Pinterest: the address only has the form of one.
                let serviceID = given ?? String(random() % 1_000_000_000_000_000_000)
                boards.append(
                    ChannelFacts.Board(
                        id: id, serviceID: serviceID, name: parts[0], url: "https://www.pinterest.com/board/\(serviceID)"))
            }
        }
        guard Set(boards.map(\.serviceID)).count == boards.count else { return nil }
        return boards
    }

    /// The boards as they are read again.
    package static func text(_ boards: [ChannelFacts.Board]) -> String {
        boards.map { "\($0.name) | \($0.serviceID)" }.joined(separator: "\n")
    }
}
