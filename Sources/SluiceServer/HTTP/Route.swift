package import HTTPTypes
package import Hummingbird

/// What answers a request.
package typealias Handler = @Sendable (Request, SluiceContext) async throws -> Response

/// One method at one path.
package final class Route: Sendable {
    /// The method it was registered for. `HEAD` is served from `GET`.
    package let method: HTTPRequest.Method
    /// The path as it was registered, for example `/settings/api/keys/{id}`: what logs and metrics name.
    package let template: String
    /// In which form its errors are told.
    package let family: RouteFamily
    /// Which web pages of other origins may read its answers.
    package let crossOrigin: CrossOrigin
    /// What answers.
    package let handler: Handler
    /// Its requests by status, and their durations.
    let metrics: RouteMetrics

    init(
        _ method: HTTPRequest.Method, _ template: String, family: RouteFamily, crossOrigin: CrossOrigin,
        handler: @escaping Handler
    ) {
        self.method = method
        self.template = template
        self.family = family
        self.crossOrigin = crossOrigin
        self.handler = handler
        metrics = RouteMetrics(method: method.rawValue, route: template)
    }
}
