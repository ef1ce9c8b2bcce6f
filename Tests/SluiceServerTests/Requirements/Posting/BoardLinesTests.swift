import SluicePosting
import Testing

@testable import SluiceServer

@Suite("Boards as people write them")
struct BoardLinesTests {
    @Test(arguments: [
        ("Recipes | 1", "Recipes", "1"), ("  Recipes|1 ", "Recipes", "1"), ("A | B | 1", "A | B", "1"), ("A || 1", "A |", "1"),
        ("Süßes | größe/1?a=b", "Süßes", "größe/1?a=b"),
    ])
    func `the last bar parts name and id`(line: String, name: String, id: String) throws {
        let boards = try #require(BoardLines.boards(line))
        #expect(boards.map(\.name) == [name] && boards.map(\.serviceID) == [id])
        #expect(BoardLines.boards(BoardLines.text(boards), known: boards) == boards, "what is shown is read as the same")
    }

    @Test func `an id cannot change what an address leads to`() throws {
        let board = try #require(BoardLines.boards("A | ../x?y=ü#z")?.first)
        #expect(board.url == "https://www.pinterest.com/board/..%2Fx%3Fy%3D%C3%BC%23z")
    }

    @Test(arguments: [(100, 200), (1, 1)])
    func `what is taken here the rules of channels take too`(name: Int, id: Int) async throws {
        let scene = try await ChannelScene()
        let line = String(repeating: "n", count: name) + " | " + String(repeating: "9", count: id)
        var draft = ChannelDraft(service: .pinterest, name: "boards")
        draft.facts.boards = try #require(BoardLines.boards(line))
        let made = try await scene.posting.channels.add(draft, to: scene.channel.organization)
        #expect(made.facts.boards.map(\.name.count) == [name])
    }

    @Test(arguments: [
        String(repeating: "n", count: 101), "A | " + String(repeating: "9", count: 201), " | 1", "A | 1\nB | 1",
        (0...200).map { "B\($0)" }.joined(separator: "\n"),
    ])
    func `what breaks a bound is no list of boards`(text: String) { #expect(BoardLines.boards(text) == nil) }
}
