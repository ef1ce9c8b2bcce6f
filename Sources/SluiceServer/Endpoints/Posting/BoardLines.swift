import Foundation
package import SluicePosting

/// Pinterest's boards as people write them: one a line, `Recipes` or `Recipes | 549755885175`.
package enum BoardLines {
    /// How many boards a channel has at most.
    package static let limit = 200
    private static let nameLimit = 100
    private static let serviceIDLimit = 200

    /// The boards in a text; `nil` if one has no name, name or id are too long, two have one id, or there are more than ``limit``.
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
            let (name, given) = parts(line)
            guard (1...nameLimit).contains(name.unicodeScalars.count), (given ?? "").unicodeScalars.count <= serviceIDLimit
            else { return nil }
            let isSame: (ChannelFacts.Board) -> Bool = { board in given.map { board.serviceID == $0 } ?? (board.name == name) }
            if var board = known.first(where: isSame) {
                board.name = name
                boards.append(board)
            } else {
                let id = EntityID<ChannelFacts.Board>(random: random).text
                // Nobody asked Pinterest: the address only has the form of one.
                let serviceID = given ?? String(random() % 1_000_000_000_000_000_000)
                let url = "https://www.pinterest.com/board/\(PercentEncoding.queryValue(serviceID))"
                boards.append(ChannelFacts.Board(id: id, serviceID: serviceID, name: name, url: url))
            }
        }
        guard Set(boards.map(\.serviceID)).count == boards.count else { return nil }
        return boards
    }

    /// The boards as they are read again.
    package static func text(_ boards: [ChannelFacts.Board]) -> String {
        boards.map { "\($0.name) | \($0.serviceID)" }.joined(separator: "\n")
    }

    /// Name and id. The last bar parts them: a name may have bars of its own, an id from Pinterest has none.
    private static func parts(_ line: String) -> (name: String, serviceID: String?) {
        guard let bar = line.lastIndex(of: "|") else { return (line, nil) }
        let serviceID = line[line.index(after: bar)...].trimmingCharacters(in: .whitespaces)
        return (line[..<bar].trimmingCharacters(in: .whitespaces), serviceID.isEmpty ? nil : serviceID)
    }
}
