import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// Where most tests of the code flow begin: a developer's client, and Ada, who is signed in.
struct OAuthScene {
    let installation: Installation
    /// Owns the client.
    let developer: Account
    /// Whose account the client wants to act for.
    let account: Account
    let browser: Browser
    var flow: CodeFlow

    init(
        _ kind: Client.Kind = .confidential, redirectURIs: [String] = ["https://app.example/cb"],
        name: String = "Example App",
        store: (any AuthorityStore)? = nil, isSignedIn: Bool = true,
        adjust: (inout AuthorityConfiguration) -> Void = { _ in }
    ) async throws {
        installation = try await Installation(store: store, adjust: adjust)
        developer = try await installation.account("dev@example.com", name: "Dev")
        account = try await installation.account()
        browser = Browser(installation)
        flow = CodeFlow(
            installation, try await installation.client(of: developer, kind, redirectURIs: redirectURIs, name: name))
        if isSignedIn { try await browser.signIn() }
    }

    var client: Client { flow.client.client }

    /// Every grant there is.
    var grants: [Grant] {
        get async throws {
            try await installation.store.grants(account: nil, client: nil, SliceRequest(limit: 200)).elements
        }
    }

    /// The only grant there is.
    var onlyGrant: Grant {
        get async throws {
            let grants = try await grants
            try #require(grants.count == 1)
            return grants[0]
        }
    }

    /// The kinds of what was written into the audit log, newest first.
    var events: [AuditEvent.Kind] {
        get async throws {
            try await installation.authority.audit.list(account: nil, SliceRequest(limit: 200)).elements.map(\.kind)
        }
    }

    /// Opens the authorization request with some parameters changed.
    @discardableResult
    func open(_ changes: [String: String?] = [:]) async throws -> TestResponse {
        try await browser.open(flow.address(changes))
    }

    /// Opens an authorization request with exactly these parameters.
    @discardableResult
    func open(pairs: [(String, String)]) async throws -> TestResponse {
        try await browser.open("/auth?" + SluiceOAuth.Parameters.encode(pairs))
    }
}

extension TestResponse {
    /// Whether it is the consent page.
    var isConsentPage: Bool { status == 200 && body.contains("action=\"/auth/decision\"") }

    /// Whether it is the sign-in page.
    var isSignInPage: Bool { status == 200 && body.contains("action=\"/sign-in\"") }
}

/// An error that was sent back to the client by a redirect, with everything such a redirect must have.
/// - Source: RFC 6749 §4.1.2.1, RFC 9207 §2.
func expectRedirect(
    _ response: TestResponse, error: String, to redirectURI: String = "https://app.example/cb",
    state: String? = "xyz-state",
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(response.status == 303, comment, sourceLocation: sourceLocation)
    let location = response.location ?? ""
    #expect(
        location.hasPrefix(redirectURI + (redirectURI.contains("?") ? "&" : "?")), comment,
        sourceLocation: sourceLocation)
    let query = location.split(separator: "?", maxSplits: 1).last.map { Array($0.utf8) } ?? []
    let parameters = (try? SluiceOAuth.Parameters(formEncoded: query)) ?? SluiceOAuth.Parameters([])
    #expect(parameters.all("error") == [error], comment, sourceLocation: sourceLocation)
    #expect(parameters.all("state") == (state.map { [$0] } ?? []), comment, sourceLocation: sourceLocation)
    #expect(parameters.all("iss") == [Installation.issuer], comment, sourceLocation: sourceLocation)
    #expect(parameters.all("code").isEmpty, comment, sourceLocation: sourceLocation)
    let description = parameters.all("error_description")
    #expect(description.count == 1 && !description[0].isEmpty, comment, sourceLocation: sourceLocation)
    // RFC 6749 §4.1.2.1: %x20-21 / %x23-5B / %x5D-7E.
    #expect(
        description.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C } },
        comment,
        sourceLocation: sourceLocation)
    #expect(!location.contains("#"), comment, sourceLocation: sourceLocation)
    #expect(response["Cache-Control"] == "no-store", comment, sourceLocation: sourceLocation)
    #expect(response["Referrer-Policy"] == "no-referrer", comment, sourceLocation: sourceLocation)
}

/// A page that tells a person what is wrong, and leads nowhere by itself.
func expectErrorPage(
    _ response: TestResponse, status: Int = 400, saying text: String? = nil, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(response.status == status, comment, sourceLocation: sourceLocation)
    #expect(response.location == nil, comment, sourceLocation: sourceLocation)
    #expect(response["Refresh"] == nil, comment, sourceLocation: sourceLocation)
    #expect(!response.body.lowercased().contains("http-equiv"), comment, sourceLocation: sourceLocation)
    #expect(response["Content-Type"] == "text/html; charset=utf-8", comment, sourceLocation: sourceLocation)
    #expect(response["Cache-Control"] == "no-store", comment, sourceLocation: sourceLocation)
    #expect(!response.body.contains("app.example"), comment, sourceLocation: sourceLocation)
    if let id = response["X-Request-ID"] {
        #expect(response.body.contains(id), "the page names its request", sourceLocation: sourceLocation)
    } else {
        Issue.record("no X-Request-ID", sourceLocation: sourceLocation)
    }
    if let text { #expect(response.body.contains(text), comment, sourceLocation: sourceLocation) }
}

/// OAuth's JSON for a refusal, with the headers that go with it.
/// - Source: RFC 6749 §5.2.
func expectRefusal(
    _ response: TestResponse, _ error: String, status: Int = 400, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(response.status == status, comment, sourceLocation: sourceLocation)
    #expect(response.error == error, comment, sourceLocation: sourceLocation)
    let description = response.json["error_description"] as? String ?? ""
    #expect(!description.isEmpty, comment, sourceLocation: sourceLocation)
    #expect(
        description.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }, comment,
        sourceLocation: sourceLocation)
    let known: Set =
        status >= 500 || status == 429 ? ["error", "error_description", "request_id"] : ["error", "error_description"]
    #expect(Set(response.json.keys) == known, comment, sourceLocation: sourceLocation)
    #expect(response["Content-Type"] == "application/json", comment, sourceLocation: sourceLocation)
    #expect(response["Cache-Control"] == "no-store", comment, sourceLocation: sourceLocation)
    #expect(response["Pragma"] == "no-cache", comment, sourceLocation: sourceLocation)
    #expect(response["X-Request-ID"]?.isEmpty == false, comment, sourceLocation: sourceLocation)
}
