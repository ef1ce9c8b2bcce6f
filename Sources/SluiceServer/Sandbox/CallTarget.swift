import HTTPTypes

/// Which requests a fault or a list is about.
enum CallTarget: Sendable, Hashable {
    /// `POST /`, `POST /graphql` and `GET /graphql`: one API. `GET /` may be a person's who looks at the home page.
    case api
    /// One path, as its route names it.
    case path(String)
    /// All that can be listed.
    case all

    /// A target from a path, or `*` for all.
    /// - Parameter known: The paths that the server has.
    init?(_ text: String, known: Set<String>) {
        switch text {
        case "*": self = .all
        case "/", "/graphql": self = .api
        case _ where known.contains(text): self = .path(text)
        default: return nil
        }
    }

    /// The target of the requests that go to a route; `nil` for those that are none of a test's business: health, metrics, the style
    /// sheet, and the sandbox's own.
    init?(_ route: Route) {
        guard route.family != .plain, !route.template.hasPrefix(Self.ownPrefix) else { return nil }
        self = route.family == .api && (route.method == .post || route.template == "/graphql") ? .api : .path(route.template)
    }

    /// What the sandbox's own paths begin with.
    static let ownPrefix = "/sandbox"

    /// Whether it includes `other`, which is no `.all`.
    func includes(_ other: CallTarget) -> Bool { self == .all || self == other }

    /// As it is written.
    var text: String {
        switch self {
        case .api: "/"
        case .path(let path): path
        case .all: "*"
        }
    }
}
