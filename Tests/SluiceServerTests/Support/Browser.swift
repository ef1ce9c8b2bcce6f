import Foundation
import HTTPTypes
import SluiceOAuth
import Synchronization

@testable import SluiceServer

/// A browser without JavaScript: keeps cookies, follows redirects within the installation, fills in and sends forms.
final class Browser: Sendable {
    let installation: Installation
    private let jar = Mutex<[String: String]>([:])
    private let shown = Mutex<(path: String, body: String)>(("/", ""))
    let userAgent: String
    let peer: String

    init(
        _ installation: Installation, userAgent: String = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
        peer: String = "192.0.2.7"
    ) {
        self.installation = installation
        self.userAgent = userAgent
        self.peer = peer
    }

    /// The cookies by name.
    var cookies: [String: String] { jar.withLock { $0 } }

    func setCookie(_ name: String, _ value: String?) { jar.withLock { $0[name] = value } }

    /// The page that is shown.
    var page: String { shown.withLock { $0.body } }
    /// Its address.
    var path: String { shown.withLock { $0.path } }

    /// Opens an address; redirects within the installation are followed, others are returned.
    @discardableResult
    func open(_ path: String, headers: [(String, String)] = []) async throws -> TestResponse {
        try await follow(try await send(.get, path, headers: headers), from: path)
    }

    /// Sends fields to an address as they are, without a form.
    @discardableResult
    func post(_ path: String, _ fields: [(String, String)], headers: [(String, String)] = []) async throws -> TestResponse {
        try await follow(try await postOnly(path, fields, headers: headers), from: path)
    }

    /// The same without following a redirect.
    func postOnly(_ path: String, _ fields: [(String, String)], headers: [(String, String)] = []) async throws -> TestResponse {
        try await send(
            .post, path, headers: [("Content-Type", "application/x-www-form-urlencoded")] + headers,
            body: SluiceOAuth.Parameters.encode(fields))
    }

    /// Fills in and sends the form of the shown page whose action is `action`, hidden fields included.
    /// - Parameter follows: Whether redirects within the installation are followed.
    @discardableResult
    func submit(_ action: String, _ fields: [(String, String)] = [], follows: Bool = true) async throws -> TestResponse {
        guard let form = Form.all(in: page).first(where: { $0.action == action }) else {
            throw Missing(what: "a form to \(action) on \(path)")
        }
        let names = Set(fields.map(\.0))
        let all = form.hidden.filter { !names.contains($0.0) } + fields
        return follows ? try await post(action, all) : try await postOnly(action, all)
    }

    /// The CSRF token of the shown page.
    var csrf: String? { Form.all(in: page).flatMap(\.hidden).first { $0.0 == "csrf" }?.1 }

    /// The hidden field of the shown page.
    func hidden(_ name: String) -> String? { Form.all(in: page).flatMap(\.hidden).first { $0.0 == name }?.1 }

    /// Signs up through the pages.
    @discardableResult
    func signUp(
        _ email: String = "ada@example.com", name: String = "Ada", password: String = "correct horse battery"
    ) async throws -> TestResponse {
        try await open("/sign-up")
        return try await submit("/sign-up", [("email", email), ("name", name), ("password", password)])
    }

    /// Signs in through the pages.
    @discardableResult
    func signIn(
        _ email: String = "ada@example.com", password: String = "correct horse battery"
    ) async throws -> TestResponse {
        try await open("/sign-in")
        return try await submit("/sign-in", [("email", email), ("password", password)])
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, headers: [(String, String)] = [], body: String? = nil
    ) async throws -> TestResponse {
        let cookie = jar.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
        var all = headers + [("User-Agent", userAgent), ("Accept", "text/html,application/xhtml+xml")]
        if !cookie.isEmpty { all.append(("Cookie", cookie)) }
        let response = try await installation.send(method, path, headers: all, body: body, peer: peer)
        for line in response.values("Set-Cookie") {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isGone = line.contains("Max-Age=0")
            jar.withLock { $0[String(pair[0])] = isGone ? nil : String(pair[1]) }
        }
        return response
    }

    private func follow(_ first: TestResponse, from start: String) async throws -> TestResponse {
        var (response, path) = (first, start)
        for _ in 0..<10 {
            guard (300..<400).contains(response.status), let location = response.location, location.hasPrefix("/") else { break }
            path = location
            response = try await send(.get, location)
        }
        let (seen, body) = (path, response.body)
        shown.withLock { $0 = (seen, body) }
        return response
    }

    struct Missing: Error { let what: String }
}

/// A form of a page, read the simple way that our own templates allow.
struct Form: Sendable {
    let action: String
    let hidden: [(String, String)]

    static func all(in page: String) -> [Form] {
        page.components(separatedBy: "<form").dropFirst().map { chunk in
            let text = chunk.components(separatedBy: "</form>")[0]
            let hidden = text.components(separatedBy: "<input").dropFirst().compactMap { input -> (String, String)? in
                let tag = input.prefix { $0 != ">" }
                guard tag.contains("type=\"hidden\""), let name = attribute("name", tag) else { return nil }
                return (name, attribute("value", tag) ?? "")
            }
            return Form(action: attribute("action", text) ?? "", hidden: hidden)
        }
    }

    private static func attribute(_ name: String, _ tag: some StringProtocol) -> String? {
        guard let start = tag.range(of: " \(name)=\"") else { return nil }
        let rest = tag[start.upperBound...]
        return unescaped(String(rest.prefix { $0 != "\"" }))
    }

    static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&#x27;", with: "'").replacing("&amp;", with: "&")
    }
}
