import HTTPTypes
package import Hummingbird
import Logging

/// The one layer around all handlers: it names the request, finds its route, runs it, tells errors in the form that the
/// route's clients read, and completes the answer with headers, log line and metrics.
///
/// One layer on purpose: each middleware of Hummingbird's costs a fifth of the requests per second.
package struct FrontDoor: HTTPResponder {
    package typealias Context = SluiceContext

    private let map: RouteMap
    private let unmatchedAPI: Handler?
    private let errors: ErrorRenderers
    private let proxies: TrustedProxies
    private let apiCrossOrigin: APICrossOrigin
    private let limits: BodyLimits
    private let isTLS: Bool
    private let defaultOrigin: Origin
    private let sandbox: SandboxDoor?
    private let plainHeaders = SecurityHeaders(isSecure: false)
    private let secureHeaders = SecurityHeaders(isSecure: true)
    private let unmatchedMetrics = RouteMetrics(method: "any", route: "none")
    private let inFlight: Gauge

    /// - Parameters:
    ///   - isTLS: Whether this process itself speaks TLS.
    ///   - apiCrossOrigin: Which web pages may call the API; none by default.
    ///   - sandbox: Looks at every request; `nil` outside a sandbox, and costs nothing then.
    package init(
        origins: Origins, routes: Routes, errors: ErrorRenderers = ErrorRenderers(), metrics: Metrics = Metrics(),
        trustedProxies: TrustedProxies = .none, apiCrossOrigin: APICrossOrigin = .off,
        limits: BodyLimits = BodyLimits(), isTLS: Bool = false, sandbox: SandboxDoor? = nil
    ) {
        map = RouteMap(origins, routes)
        unmatchedAPI = routes.unmatchedAPI
        self.errors = errors
        proxies = trustedProxies
        self.apiCrossOrigin = apiCrossOrigin
        self.limits = limits
        self.isTLS = isTLS
        defaultOrigin = origins.auth
        self.sandbox = sandbox
        inFlight = metrics.gauge("sluice_http_requests_in_flight", help: "Requests that are being answered.")
        metrics.add(routes: map.routes.map(\.metrics) + [unmatchedMetrics])
    }

    /// Answers every request; throws for none.
    package func respond(to request: Request, context: SluiceContext) async throws -> Response {
        let start = ContinuousClock.now
        inFlight.add(1)
        defer { inFlight.add(-1) }
        var context = context
        context.limits = limits
        let sight = look(at: request, &context)
        let passage = await sandbox?.receive(request, sight.problem == nil ? context.route : nil, context)
        var response = await answer(request, sight, &context, passage)
        if request.method == .head { response = response.createHeadResponse() }
        addCrossOriginFields(to: &response.headers, sight.crossOrigin, request)
        (context.origin.isSecure ? secureHeaders : plainHeaders)
            .apply(to: &response.headers, requestID: context.requestID)
        let duration = ContinuousClock.now - start
        (context.route?.metrics ?? unmatchedMetrics).record(status: Int(response.status.code), duration: duration)
        log(request, response, duration, context)
        if let sandbox, let passage {
            await sandbox.leave(passage, Self.name(of: request.method), &response, duration, context)
        }
        return response
    }

    // MARK: Before

    /// What the head of a request says.
    private struct Sight {
        var lookup = RouteTable.Lookup.notFound
        var door: RouteMap.Door?
        var family = RouteFamily.page
        var crossOrigin = CrossOrigin.none
        var problem: Problem?
    }

    private func look(at request: Request, _ context: inout SluiceContext) -> Sight {
        var hosts = request.head.authority == nil ? 0 : 1
        var authorizations = 0
        for field in request.headers {
            switch field.name.canonicalName.utf8.count {
            // The codec moved the first one into `authority`.
            case 4 where field.name.canonicalName == "host": hosts += 1
            case 13 where field.name == .authorization: authorizations += 1
            default: break
            }
        }
        var host = request.head.authority ?? ""
        context.isSecure = isTLS
        if !proxies.isEmpty, proxies.contains(context.peerAddress) { believeProxy(request.headers, &context, &host) }
        if context.requestID.isEmpty { context.requestID = RequestIdentifier.next() }

        var sight = Sight()
        let match = map.match(request.method, host: host, path: Self.path(of: request))
        sight.lookup = match.lookup
        sight.door = match.door
        context.origin = match.door?.origin ?? defaultOrigin
        switch match.lookup {
        case .found(let route, let parameters):
            context.route = route
            if !parameters.isEmpty { context.coreContext.parameters = parameters }
            sight.family = route.family
            sight.crossOrigin = route.crossOrigin
        case .methodNotAllowed(_, let family, let crossOrigin):
            sight.family = family
            sight.crossOrigin = crossOrigin
        case .notFound:
            sight.family = Self.family(ofUnknownPathAt: match.door, request)
        }
        if hosts != 1 || host.isEmpty {
            // RFC 9112 §3.2: two of them are how a request is smuggled past a proxy.
            sight.problem = Problem(.badRequest, "The request must have exactly one Host header.")
        } else if match.door == nil, context.route == nil {
            sight.problem = .misdirected
        } else if authorizations > 1 {
            sight.problem = Problem(.badRequest, "The request has more than one Authorization header.")
            if sight.family == .api {
                sight.problem?.headers[.wwwAuthenticate] = #"Bearer error="invalid_request""#  // RFC 6750 §3.1
            }
        }
        return sight
    }

    /// Takes a trusted proxy's word for the client's address, the scheme, the host and the request's name.
    private func believeProxy(_ headers: HTTPFields, _ context: inout SluiceContext, _ host: inout String) {
        let chain = headers[values: .xForwardedFor]
        if !chain.isEmpty {
            context.forwardedAddress = proxies.clientAddress(peer: context.peerAddress, forwardedFor: chain)
        }
        if let scheme = Self.first(headers[.xForwardedProto]) { context.isSecure = scheme.lowercased() == "https" }
        if let original = Self.first(headers[.xForwardedHost]) { host = String(original) }
        if let name = headers[.xRequestID], RequestIdentifier.isSane(name) { context.requestID = name }
    }

    /// The first of a comma-separated list: what the outermost proxy saw.
    private static func first(_ value: String?) -> Substring? {
        guard let value, let first = value.split(separator: ",").first else { return nil }
        let text = first.drop { $0 == " " }
        return text.isEmpty ? nil : text.last == " " ? text.prefix { $0 != " " } : text
    }

    private static func path(of request: Request) -> String {
        guard let target = request.head.path else { return "/" }
        guard let query = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return target }
        return String(target[..<query])
    }

    /// A path that nobody registered: the API's at an origin that is the API's alone, and for programs wherever the API is.
    private static func family(ofUnknownPathAt door: RouteMap.Door?, _ request: Request) -> RouteFamily {
        guard let door else { return request.acceptsHTML ? .page : .plain }
        if door.roles == [.api] { return .api }
        if request.acceptsHTML { return .page }
        return door.roles.contains(.api) ? .api : .oauth
    }

    // MARK: Answer

    private func answer(
        _ request: Request, _ sight: Sight, _ context: inout SluiceContext, _ passage: SandboxDoor.Passage?
    ) async -> Response {
        do {
            if let problem = sight.problem { throw problem }
            switch sight.lookup {
            case .found(let route, _):
                guard let sandbox, let passage else { return try await route.handler(request, context) }
                return try await sandbox.answer(passage, route, context)
            case .methodNotAllowed(let allowed, _, _):
                if let preflight = preflight(request, sight.crossOrigin, allowed) { return preflight }
                return try await refuse(.methodNotAllowed(allowed), request, sight, &context)
            case .notFound:
                return try await refuse(.notFound, request, sight, &context)
            }
        } catch {
            let problem = problem(for: error)
            log(problem, context)
            return await errors.answer(problem, as: sight.family, request, context)
        }
    }

    /// At the API nobody learns which paths there are before the bearer was checked.
    private func refuse(
        _ problem: Problem, _ request: Request, _ sight: Sight, _ context: inout SluiceContext
    ) async throws -> Response {
        guard sight.family == .api, let unmatchedAPI else { throw problem }
        context.unmatched = problem
        return try await unmatchedAPI(request, context)
    }

    private func problem(for error: any Error) -> Problem {
        if error is CancellationError { return .unavailable(retryAfter: 1, detail: "cancelled") }
        return errors.problem(for: error)
    }

    // MARK: Pages of other origins

    /// - Source: Fetch standard, CORS-preflight fetch.
    private func preflight(
        _ request: Request, _ crossOrigin: CrossOrigin, _ allowed: [HTTPRequest.Method]
    ) -> Response? {
        guard request.method == .options else { return nil }
        switch crossOrigin {
        case .none: return nil
        case .anyOrigin: break
        case .allowList: guard isListed(request) else { return nil }
        }
        return Answer.empty(
            headers: [
                .accessControlAllowMethods: allowed.map(\.rawValue).joined(separator: ", "),
                .accessControlAllowHeaders: "Authorization, Content-Type",
                .accessControlMaxAge: "7200",
            ])
    }

    private func isListed(_ request: Request) -> Bool {
        guard !apiCrossOrigin.allowedOrigins.isEmpty, let origin = request.headers[.origin] else { return false }
        return apiCrossOrigin.allowedOrigins.contains(origin)
    }

    /// Errors get them too: a page that may ask may also read why it was refused.
    private func addCrossOriginFields(to fields: inout HTTPFields, _ crossOrigin: CrossOrigin, _ request: Request) {
        switch crossOrigin {
        case .none: return
        case .anyOrigin:
            fields.append(HTTPField(name: .accessControlAllowOrigin, value: "*"))
        case .allowList:
            guard !apiCrossOrigin.allowedOrigins.isEmpty else { return }
            fields.append(HTTPField(name: .vary, value: "Origin"))
            guard isListed(request), apiCrossOrigin.mayExpose(request.headers), let origin = request.headers[.origin]
            else { return }
            fields.append(HTTPField(name: .accessControlAllowOrigin, value: origin))
        }
        fields.append(
            HTTPField(
                name: .accessControlExposeHeaders,
                value: "RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-ID"))
    }

    // MARK: Log

    /// The route as it was registered, never the path or its query: those can hold codes and addresses of people.
    private func log(_ request: Request, _ response: Response, _ duration: Duration, _ context: SluiceContext) {
        guard context.plainLogger.logLevel <= .debug else { return }
        let microseconds = Int(duration.inSeconds * 1_000_000)
        context.logger.debug(
            "answered",
            metadata: [
                "method": .string(Self.name(of: request.method)), "route": .string(context.route?.template ?? "none"),
                "status": .stringConvertible(response.status.code), "microseconds": .stringConvertible(microseconds),
                "address": .string(context.remoteAddress),
            ])
    }

    private func log(_ problem: Problem, _ context: SluiceContext) {
        guard let detail = problem.detail else { return }
        let level: Logger.Level = problem.isInternal ? .error : problem.status.code >= 500 ? .warning : .info
        context.logger.log(
            level: level, problem.isInternal ? "failed" : "refused",
            metadata: [
                "route": .string(context.route?.template ?? "none"),
                "status": .stringConvertible(problem.status.code), "code": .string(problem.code),
                "detail": .string(detail),
            ])
    }

    /// A method that we know, or `other`: a client can invent any.
    private static func name(of method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head, .post, .put, .delete, .options, .patch: method.rawValue
        default: "other"
        }
    }
}
