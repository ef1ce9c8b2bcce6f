import SluiceGraphQL
import SluicePosting

/// A page of a list, as Relay clients take it. There is no way back: `hasPreviousPage` is always false.
struct Connection: Sendable {
    /// An element and where it stands.
    struct Edge: Sendable {
        let cursor: String
        let node: FieldValue
    }

    let edges: [Edge]
    let hasNext: Bool
    let total: Int?

    /// A page of things of one organization.
    init<Node>(_ page: Page<Node>, of organization: Visible<OrganizationReference>) {
        edges = page.entries.map { Edge(cursor: $0.cursor, node: .object(organization.beside($0.element))) }
        hasNext = page.hasNext
        total = page.total
    }

    /// - Parameter countsAll: Whether the type has a `totalCount`.
    static func register(_ type: String, edge: String, countsAll: Bool = false, in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(Connection.self, type) { connection in
            connection.field("edges") { $0.edges.map { FieldValue.object($0) } }
            connection.field("pageInfo") { FieldValue.object($0) }
            if countsAll { connection.field("totalCount") { $0.total ?? $0.edges.count } }
        }
        resolvers.object(Edge.self, edge) { edge in
            edge.field("cursor") { $0.cursor }
            edge.field("node") { $0.node }
        }
        resolvers.object(Connection.self, "PaginationPageInfo") { info in
            info.field("endCursor") { $0.edges.last?.cursor }
            info.field("hasNextPage") { $0.hasNext }
            info.field("hasPreviousPage") { _ in false }
            info.field("startCursor") { $0.edges.first?.cursor }
        }
    }
}
