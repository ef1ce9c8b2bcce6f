import HTTPTypes

/// From `Host`, method and path to a route. Made once, from the origins and their routes.
struct RouteMap: Sendable {
    /// One origin and the routes of its roles.
    struct Door: Sendable {
        let origin: Origin
        let table: RouteTable
        let roles: Set<Role>
    }

    /// Where a request belongs. `door` is `nil` if its host is none of ours.
    struct Match: Sendable {
        let lookup: RouteTable.Lookup
        let door: Door?
    }

    /// The doors of each host and port, the one with the longest prefix first.
    private let sites: [String: [Door]]
    /// The doors, if one host has them all.
    private let onlySite: [Door]?
    private let everywhere: RouteTable

    init(_ origins: Origins, _ routes: Routes) {
        everywhere = routes.everywhere
        var doors: [Door] = []
        for origin in Set(Role.allCases.map { origins[$0] }) {
            let roles = Set(Role.allCases.filter { origins[$0] == origin })
            var table = RouteTable()
            for role in Role.allCases where roles.contains(role) { table.merge(routes[role]) }
            table.merge(routes.everywhere)
            doors.append(Door(origin: origin, table: table, roles: roles))
        }
        doors.sort { ($0.origin.prefix.utf8.count, $0.origin.text) > ($1.origin.prefix.utf8.count, $1.origin.text) }
        onlySite = origins.hasOneHost ? doors : nil
        var sites: [String: [Door]] = [:]
        for door in doors {
            sites[door.origin.authority, default: []].append(door)
            let explicit = "\(door.origin.host):\(door.origin.port)"
            if explicit != door.origin.authority { sites[explicit, default: []].append(door) }
        }
        self.sites = sites
    }

    /// Every route once, for the metrics.
    var routes: [Route] {
        var seen: Set<ObjectIdentifier> = []
        return (sites.values.flatMap { $0 }.flatMap(\.table.routes) + everywhere.routes)
            .filter { seen.insert(ObjectIdentifier($0)).inserted }
            .sorted { ($0.template, $0.method.rawValue) < ($1.template, $1.method.rawValue) }
    }

    /// - Parameters:
    ///   - host: The `Host` field, or what a trusted proxy says it was.
    ///   - path: As the request wrote it, without its query.
    func match(_ method: HTTPRequest.Method, host: String, path: String) -> Match {
        guard let doors = onlySite ?? site(host) else {
            return Match(lookup: everywhere.lookup(method, path), door: nil)
        }
        if doors.count == 1, doors[0].origin.prefix.isEmpty {
            return Match(lookup: doors[0].table.lookup(method, path), door: doors[0])
        }
        return match(method, path, doors)
    }

    private func site(_ host: String) -> [Door]? {
        if let doors = sites[host] { return doors }
        // An unusual spelling: capitals, or a port that could have been left out.
        guard let authority = HostAndPort(host) else { return nil }
        return sites[authority.port.map { "\(authority.host):\($0)" } ?? authority.host]
    }

    /// With prefixes: first the path below each door's prefix, then, for a proxy that strips it, the path as it is, then
    /// the well-known addresses of RFC 8414 §3.1 and RFC 9728 §3.1, where the prefix stands behind the name.
    private func match(_ method: HTTPRequest.Method, _ path: String, _ doors: [Door]) -> Match {
        var nearest: Door?
        for door in doors {
            guard let rest = Self.path(path, below: door.origin.prefix) else { continue }
            let lookup = door.table.lookup(method, rest)
            if case .notFound = lookup {
                nearest = nearest ?? door
            } else {
                return Match(lookup: lookup, door: door)
            }
        }
        for door in doors where !door.origin.prefix.isEmpty {
            for candidate in [path, Self.wellKnown(path, of: door.origin.prefix)] {
                guard let candidate else { continue }
                let lookup = door.table.lookup(method, candidate)
                if case .notFound = lookup { continue }
                return Match(lookup: lookup, door: door)
            }
        }
        return Match(lookup: .notFound, door: nearest ?? doors.last)
    }

    /// `/prefix/x` → `/x`; `/prefix` alone → `/`, since a client posts to the API's URL as it was told.
    private static func path(_ path: String, below prefix: String) -> String? {
        if prefix.isEmpty { return path }
        guard path.hasPrefix(prefix) else { return nil }
        let rest = path[path.utf8.index(path.startIndex, offsetBy: prefix.utf8.count)...]
        if rest.isEmpty { return "/" }
        return rest.utf8.first == UInt8(ascii: "/") ? String(rest) : nil
    }

    /// `/.well-known/x/prefix` → `/.well-known/x`.
    private static func wellKnown(_ path: String, of prefix: String) -> String? {
        guard path.hasPrefix("/.well-known/"), path.hasSuffix(prefix) else { return nil }
        return String(path.dropLast(prefix.count))
    }
}
