import Foundation
import Hummingbird
import SluiceClient
import SluiceOAuth
import Synchronization

/// A browser that came here, as this server knows it. The browser itself holds a random name and nothing else: no verifier, no token.
struct Visitor: Sendable {
    /// The sign-in that is under way.
    var pending: AuthorizationSession?
    /// The tokens of whoever signed in.
    var tokens: TokenSource?
    /// When it came last.
    var seenAt = Date()
}

/// The browsers that came here, in memory. With more than one server, keep them in a database: `AuthorizationSession` is `Codable`,
/// and a `TokenStorage` of your own keeps the tokens.
final class Visitors: Sendable {
    private static let limit = 10_000
    private static let lifetime: TimeInterval = 8 * 3600
    private let all = Mutex<[String: Visitor]>([:])
    private let isSecure: Bool

    init(isSecure: Bool) { self.isSecure = isSecure }

    /// The browser behind a request, and its name.
    func visitor(_ request: Request) -> (name: String, visitor: Visitor)? {
        guard let name = request.cookies[cookieName]?.value else { return nil }
        return all.withLock { all in
            guard var visitor = all[name], Date().timeIntervalSince(visitor.seenAt) < Self.lifetime else { return nil }
            visitor.seenAt = Date()
            all[name] = visitor
            return (name, visitor)
        }
    }

    /// Remembers a browser under a new name and forgets its old one: a name that somebody planted before the sign-in is worth nothing
    /// after it.
    /// - Returns: The cookie that tells the browser.
    func remember(_ visitor: Visitor, insteadOf old: String?) -> Cookie {
        let name = Self.randomName()
        all.withLock { all in
            if let old { all[old] = nil }
            if all.count >= Self.limit, let oldest = all.min(by: { $0.value.seenAt < $1.value.seenAt })?.key { all[oldest] = nil }
            all[name] = visitor
        }
        return cookie(name, maxAge: Int(Self.lifetime))
    }

    /// Forgets a browser.
    /// - Returns: The cookie that tells it.
    func forget(_ name: String) -> Cookie {
        all.withLock { $0[name] = nil }
        return cookie("", maxAge: 0)
    }

    /// Takes the sign-in that is under way: it is good for one answer.
    func takePending(_ name: String) -> AuthorizationSession? {
        all.withLock { all in
            defer { all[name]?.pending = nil }
            return all[name]?.pending
        }
    }

    /// Puts back a sign-in that was not answered after all, unless another one began.
    func putBack(_ session: AuthorizationSession, _ name: String) {
        all.withLock { all in
            if all[name]?.pending == nil { all[name]?.pending = session }
        }
    }

    /// `__Host-` keeps other hosts of the domain from setting it; it needs https.
    private var cookieName: String { isSecure ? "__Host-session" : "session" }

    private func cookie(_ value: String, maxAge: Int) -> Cookie {
        // Lax: it comes along when the authorization server sends the browser back, and with no form of another site.
        Cookie(name: cookieName, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }

    private static func randomName() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in String(generator.next() as UInt64, radix: 36) }.joined()
    }
}
