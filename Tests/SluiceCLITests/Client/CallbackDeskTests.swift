import Foundation
import SluiceClient
import SluiceOAuth
import Synchronization
import Testing

@testable import SluiceCLI

@Suite("What comes to the callback's address")
struct CallbackDeskTests {
    private static let tokens = TokenSet(
        accessToken: "a", refreshToken: nil, scopes: Scopes(), obtainedAt: .distantPast, expiresAt: .distantFuture)

    private func request(_ target: String, method: String = "GET", host: String? = "127.0.0.1:7") -> LoopbackListener.Request {
        LoopbackListener.Request(method: method, target: target, host: host)
    }

    @Test func `a hundred answers at once are looked at one by one, and a success is the last`() async {
        let inside = Mutex((now: 0, most: 0, all: 0))
        let desk = CallbackDesk(port: 7) { callback in
            inside.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
                $0.all += 1
            }
            for _ in 0..<20 { await Task.yield() }
            inside.withLock { $0.now -= 1 }
            return callback.contains("genuine") ? .success(Self.tokens) : .failure(.authorization(.forgedState))
        }
        let pages = await withTaskGroup(of: LoopbackListener.Reply.self) { group in
            for number in 0..<100 {
                group.addTask { await desk.answer(request("/callback?state=\(number == 50 ? "genuine" : "forged")")) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(inside.withLock { $0.most } == 1)
        #expect(pages.contains { $0.page == .signedIn && $0.isLast })
        #expect(pages.allSatisfy { $0.page == .signedIn || $0.page == .forged })
        // After the success every later one is told the same, and is looked at no more.
        let looked = inside.withLock { $0.all }
        #expect(await desk.answer(request("/callback?state=forged")).page == .signedIn)
        #expect(inside.withLock { $0.all } == looked)
        guard case .success = await desk.outcome() else {
            Issue.record("no outcome")
            return
        }
    }

    @Test func `whoever asks for the outcome gets that of the exchange that is under way`() async {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let desk = CallbackDesk(port: 7) { _ in
            begin.yield()
            for await _ in gate { break }
            return .success(Self.tokens)
        }
        // The page is closed meanwhile: what serves it is cancelled.
        let page = Task { await desk.answer(request("/callback?code=x")) }
        for await _ in begun { break }
        page.cancel()
        let outcome = Task { await desk.outcome() }
        open.yield()
        guard case .success = await outcome.value else {
            Issue.record("the exchange was not waited for")
            return
        }
    }

    @Test(arguments: [
        ("/callback", "GET", "127.0.0.1:7", 400), ("/callback?", "GET", "127.0.0.1:7", 400),
        ("/callback/?a=b", "GET", "127.0.0.1:7", 404),
        ("/Callback?a=b", "GET", "127.0.0.1:7", 404), ("http://127.0.0.1:7/callback?a=b", "GET", "127.0.0.1:7", 404),
        ("/callback?a=b", "HEAD", "127.0.0.1:7", 405), ("/callback?a=b", "POST", "127.0.0.1:7", 405),
        ("/callback?a=b", "GET", "localhost:7", 404), ("/callback?a=b", "GET", "127.0.0.1", 404),
        ("/callback?a=b", "GET", "127.0.0.1:8", 404),
    ])
    func `whatever is no callback is answered without a look at it`(target: String, method: String, host: String, status: Int)
        async
    {
        let desk = CallbackDesk(port: 7) { _ in
            Issue.record("it was looked at")
            return .failure(.authorization(.notACallback))
        }
        let reply = await desk.answer(request(target, method: method, host: host))
        #expect(reply.page.status == status)
        #expect(!reply.isLast)
        #expect(await desk.answer(request("/callback?a=b", host: nil)).page.status == 404)
        #expect(await desk.outcome() == nil)
    }

    @Test(arguments: [
        CallbackPage.signedIn, .denied, .failed, .forged, .empty, .notFound, .wrongMethod,
    ])
    func `each page is whole, has one heading, no script, and a policy that lets its own style through`(page: CallbackPage) throws
    {
        #expect(page.html.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
        #expect(page.html.components(separatedBy: "<h1>").count == 2)
        #expect(page.html.contains("<main>"))
        #expect(!page.html.contains("<script"))
        #expect(page.html.firstRange(of: "http") == nil, "nothing is loaded from anywhere")
        let style = try #require(page.html.firstMatch(of: /<style>([^<]*)<\/style>/)).1
        let hash = Data(SecretHash(of: String(style)).bytes).base64EncodedString()
        let policy = try #require(page.fields.first { $0.0 == "Content-Security-Policy" }).1
        #expect(policy.contains("style-src 'sha256-\(hash)'"))
        #expect(policy.hasPrefix("default-src 'none'"))
    }
}
