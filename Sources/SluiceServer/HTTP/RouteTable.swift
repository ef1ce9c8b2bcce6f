package import HTTPTypes
package import Hummingbird

/// Values of the `{…}` parts of a path, undecoded.
package typealias PathParameters = Hummingbird.Parameters

/// Exact paths and what answers them.
///
/// It stands in for Hummingbird's router, which answers a wrong method with 404, takes `/token/` for `/token`, and costs
/// more: here a path without parameters is one look into a dictionary. Paths are compared byte for byte: a slash at the
/// end and a percent-encoded letter make another path, so that a rule in a proxy and a route here mean the same.
package struct RouteTable: Sendable {
    /// What the table knows about a method and a path.
    package enum Lookup: Sendable {
        case found(Route, PathParameters)
        /// The path exists. `family` is that of its other methods: the API's, if the API is among them.
        case methodNotAllowed([HTTPRequest.Method], family: RouteFamily, crossOrigin: CrossOrigin)
        case notFound
    }

    private struct Path: Sendable {
        var routes: [Route] = []

        func route(for method: HTTPRequest.Method) -> Route? {
            let wanted = method == .head ? .get : method
            return routes.first { $0.method == wanted }
        }
    }

    private struct Pattern: Sendable {
        enum Segment: Sendable, Hashable {
            case exactly(String)
            case parameter(String)
        }

        let segments: [Segment]
        var path = Path()
    }

    private let family: RouteFamily
    private let crossOrigin: CrossOrigin
    private var paths: [String: Path] = [:]
    private var patterns: [Int: [Pattern]] = [:]

    /// - Parameters:
    ///   - family: The family of routes that are registered without one.
    ///   - crossOrigin: The same for the pages of other origins.
    package init(family: RouteFamily = .page, crossOrigin: CrossOrigin = .none) {
        self.family = family
        self.crossOrigin = crossOrigin
    }

    /// Adds a route. If the method and path are taken, the first registration stays.
    /// - Parameter path: Starts with a slash; a segment in braces stands for any one segment: `/settings/api/keys/{id}`.
    package mutating func on(
        _ method: HTTPRequest.Method, _ path: String, family: RouteFamily? = nil, crossOrigin: CrossOrigin? = nil,
        _ handler: @escaping Handler
    ) {
        add(
            Route(
                method, path, family: family ?? self.family, crossOrigin: crossOrigin ?? self.crossOrigin,
                handler: handler))
    }

    private mutating func add(_ route: Route) {
        guard route.template.utf8.contains(UInt8(ascii: "{")) else {
            Self.add(route, to: &paths[route.template, default: Path()])
            return
        }
        let segments = Self.segments(of: route.template).map { segment -> Pattern.Segment in
            segment.hasPrefix("{") && segment.hasSuffix("}")
                ? .parameter(String(segment.dropFirst().dropLast())) : .exactly(String(segment))
        }
        var candidates = patterns[segments.count] ?? []
        let index =
            candidates.firstIndex { $0.segments == segments }
            ?? {
                candidates.append(Pattern(segments: segments))
                return candidates.count - 1
            }()
        Self.add(route, to: &candidates[index].path)
        patterns[segments.count] = candidates
    }

    private static func add(_ route: Route, to path: inout Path) {
        if !path.routes.contains(where: { $0.method == route.method }) { path.routes.append(route) }
    }

    /// Adds the other table's routes behind this one's.
    package mutating func merge(_ other: RouteTable) {
        for route in other.routes { add(route) }
    }

    /// All routes, sorted by path and method.
    package var routes: [Route] {
        (paths.values.flatMap(\.routes) + patterns.values.flatMap { $0.flatMap(\.path.routes) })
            .sorted { ($0.template, $0.method.rawValue) < ($1.template, $1.method.rawValue) }
    }

    /// What answers `method` at `path`.
    /// - Parameter path: As the request wrote it, without prefix and query.
    package func lookup(_ method: HTTPRequest.Method, _ path: String) -> Lookup {
        if let known = paths[path] { return Self.lookup(method, known, PathParameters()) }
        guard !patterns.isEmpty else { return .notFound }
        let segments = Self.segments(of: path)
        guard let candidates = patterns[segments.count] else { return .notFound }
        for pattern in candidates {
            if let parameters = Self.match(pattern.segments, segments) {
                return Self.lookup(method, pattern.path, parameters)
            }
        }
        return .notFound
    }

    private static func lookup(_ method: HTTPRequest.Method, _ path: Path, _ parameters: PathParameters) -> Lookup {
        if let route = path.route(for: method) { return .found(route, parameters) }
        let allowed = path.routes.flatMap { $0.method == .get ? [.get, .head] : [$0.method] }
        let families = path.routes.map(\.family)
        let family: RouteFamily = families.contains(.api) ? .api : families.first ?? .page
        return .methodNotAllowed(
            allowed, family: family, crossOrigin: path.routes.map(\.crossOrigin).first { $0 != .none } ?? .none)
    }

    private static func segments(of path: String) -> [Substring] {
        // Over bytes: a slash followed by a combining mark is one Character, and no separator then.
        path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Substring.init)
    }

    private static func match(_ pattern: [Pattern.Segment], _ segments: [Substring]) -> PathParameters? {
        for (expected, actual) in zip(pattern, segments) {
            switch expected {
            case .exactly(let text): guard text == actual else { return nil }
            case .parameter: guard !actual.isEmpty else { return nil }
            }
        }
        var parameters = PathParameters()
        for case (.parameter(let name), let value) in zip(pattern, segments) { parameters[name[...]] = value }
        return parameters
    }
}
