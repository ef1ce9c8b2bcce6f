/// In which form a route's errors are told.
package enum RouteFamily: Sendable, Hashable {
    /// To a person in a browser: HTML.
    case page
    /// To an OAuth client: `{"error", "error_description"}`.
    /// - Source: RFC 6749 §5.2.
    case oauth
    /// To a GraphQL client: `{"errors": […]}`.
    case api
    /// To a machine that reads no body: a line of text.
    case plain
}
