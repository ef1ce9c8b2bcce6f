import HTTPTypes
import Hummingbird
import Testing

@testable import SluiceServer

@Suite("Route table: exact paths")
struct RouteTableTests {
    private static func table() -> RouteTable {
        var table = RouteTable()
        table.on(.get, "/sign-in") { _, _ in Answer.empty() }
        table.on(.post, "/sign-in") { _, _ in Answer.empty() }
        table.on(.get, "/keys/new") { _, _ in Answer.empty() }
        table.on(.get, "/keys/{id}") { _, _ in Answer.empty() }
        table.on(.post, "/keys/{id}/rotate") { _, _ in Answer.empty() }
        return table
    }

    private static func template(_ lookup: RouteTable.Lookup) -> String? {
        if case .found(let route, _) = lookup { return "\(route.method) \(route.template)" }
        return nil
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/sign-in", "GET /sign-in"), (.post, "/sign-in", "POST /sign-in"),
        (.head, "/sign-in", "GET /sign-in"), (.get, "/keys/new", "GET /keys/new"),
        (.get, "/keys/abc", "GET /keys/{id}"),
        (.post, "/keys/abc/rotate", "POST /keys/{id}/rotate"),
    ])
    func `a path finds its route, and HEAD that of GET`(method: HTTPRequest.Method, path: String, route: String) {
        #expect(Self.template(Self.table().lookup(method, path)) == route)
    }

    @Test(arguments: [
        "/sign-in/", "//sign-in", "/Sign-in", "/sign%2Din", "/keys/", "/keys//rotate", "/keys/a/b", "",
        "/keys/a/rotate/",
        "/sign-in\u{0301}",
    ])
    func `a path that differs in one byte is another path`(path: String) {
        guard case .notFound = Self.table().lookup(.post, path) else {
            Issue.record("\(path) was found")
            return
        }
    }

    @Test func `parameters hold the segments as they were written`() {
        guard case .found(_, let parameters) = Self.table().lookup(.get, "/keys/a%20b") else {
            Issue.record("not found")
            return
        }
        #expect(parameters.get("id") == "a%20b")
    }

    @Test func `a wrong method names the right ones`() {
        guard case .methodNotAllowed(let allowed, _, _) = Self.table().lookup(.delete, "/sign-in") else {
            Issue.record("allowed")
            return
        }
        #expect(allowed == [.get, .head, .post])
    }

    @Test func `the first registration of a method and path stays`() {
        var other = RouteTable(family: .api)
        other.on(.get, "/sign-in") { _, _ in Answer.empty() }
        other.on(.put, "/sign-in") { _, _ in Answer.empty() }
        var table = Self.table()
        table.merge(other)
        guard case .found(let first, _) = table.lookup(.get, "/sign-in"), case .found = table.lookup(.put, "/sign-in")
        else {
            Issue.record("not found")
            return
        }
        #expect(first.family == .page)
    }
}
