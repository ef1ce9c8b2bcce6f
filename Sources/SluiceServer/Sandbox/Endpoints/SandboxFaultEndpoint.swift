import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/sandbox/faults`: what the next answers are to be.
struct SandboxFaultEndpoint: Sendable {
    let plan: FaultPlan
    /// The paths that a fault may wait at.
    let paths: Set<String>

    func get(_: Request, _: SluiceContext) -> Response {
        var json = JSONText()
        json.add("faults", json: plan.rules.map(Self.json))
        return Answer.json(json.text)
    }

    func delete(_: Request, _: SluiceContext) -> Response {
        var json = JSONText()
        json.add("cleared", Int64(plan.clear()))
        return Answer.json(json.text)
    }

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        var body = try await SandboxBody(request, context)
        guard let path = try body.text("path") else {
            throw body.wrong("path", "is missing: /token, / for the API, any other path of the server, or * for all")
        }
        guard let target = CallTarget(path, known: paths) else {
            throw body.wrong("path", "is none of this server. It has: \(paths.sorted().joined(separator: ", ")), and * for all")
        }
        let method = try body.word("method", Method.self)
        let grantType = try body.word("grant_type", GrantType.self)
        guard grantType == nil || target == .path("/token") else {
            throw body.wrong("grant_type", "belongs to the path /token")
        }
        let times = try body.number("times", in: 1...1_000) ?? 1
        guard var members = try body.object("fault") else {
            throw body.wrong("fault", "is missing: an object with status, oauth_error, drop or delay")
        }
        let fault = try Self.fault(&members, at: target)
        try members.finish()
        try body.finish()
        guard
            let rule = plan.add(fault, at: target, method: method?.rawValue, grantType: grantType, times: times)
        else { throw Problem(.conflict, "There are 100 faults already. DELETE /sandbox/faults clears them.") }
        return Answer.json(Self.json(rule), status: .created)
    }

    private enum Method: String, CaseIterable { case GET, POST, DELETE, PUT, PATCH, OPTIONS, HEAD }
    private enum Drop: String, CaseIterable { case before, after }

    private static func fault(_ members: inout SandboxBody, at target: CallTarget) throws(Problem) -> Fault {
        let status = try members.number("status", in: 400...599)
        let retryAfter = try members.seconds("retry_after", in: 0...86_400)
        let window = try members.word("window", RateWindow.self)
        let oauthError = try oauthError(&members, at: target)
        let drop = try members.word("drop", Drop.self)
        let delay = try members.seconds("delay", in: 0...Fault.delayLimitInSeconds) ?? 0
        guard [status != nil, oauthError != nil, drop != nil].count(where: \.self) <= 1 else {
            throw SandboxBody.refusal("A fault has one of status, oauth_error and drop; delay may stand beside each.")
        }
        guard status != nil || retryAfter == nil else { throw members.wrong("retry_after", "belongs to a status") }
        guard window == nil || (status == 429 && target == .api) else {
            throw members.wrong("window", "belongs to the status 429 at the path /, the API")
        }
        var effect = Fault.Effect.none
        if let status { effect = .status(status, retryAfter: retryAfter, window: window ?? .quarterHour) }
        if let oauthError { effect = .oauthError(oauthError) }
        if let drop { effect = drop == .before ? .dropBefore : .dropAfter }
        guard effect != .none || delay > 0 else {
            throw SandboxBody.refusal("A fault needs status, oauth_error, drop or delay.")
        }
        return Fault(delayInSeconds: delay, effect: effect)
    }

    /// Errors that an endpoint for clients answers with.
    private static func oauthError(
        _ members: inout SandboxBody, at target: CallTarget
    ) throws(Problem) -> OAuthError.Code? {
        guard let code = try members.word("oauth_error", OAuthError.Code.self) else { return nil }
        guard [.path("/token"), .path("/token/revocation")].contains(target) else {
            throw members.wrong("oauth_error", "belongs to the paths /token and /token/revocation")
        }
        return code
    }

    private static func json(_ rule: FaultPlan.Rule) -> String {
        var json = JSONText()
        json.add("number", Int64(rule.number))
        json.add("path", rule.target.text)
        json.add("method", optional: rule.method)
        json.add("grant_type", optional: rule.grantType?.rawValue)
        json.add("times", Int64(rule.times))
        json.add("fault", json: Self.json(rule.fault))
        return json.text
    }

    private static func json(_ fault: Fault) -> String {
        var json = JSONText()
        switch fault.effect {
        case .none: break
        case .status(let status, let retryAfter, let window):
            json.add("status", Int64(status))
            if let retryAfter { json.add("retry_after", Int64(retryAfter)) }
            if status == 429 { json.add("window", window.rawValue) }
        case .oauthError(let code): json.add("oauth_error", code.rawValue)
        case .dropBefore: json.add("drop", Drop.before.rawValue)
        case .dropAfter: json.add("drop", Drop.after.rawValue)
        }
        if fault.delayInSeconds > 0 { json.add("delay", Int64(fault.delayInSeconds)) }
        return json.text
    }
}
