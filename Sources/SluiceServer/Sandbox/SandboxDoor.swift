import HTTPTypes
import Hummingbird
import NIOCore

/// What the front door does about a request in a sandbox: looks at it, lets it meet its fault, writes it down, and marks the answer.
package struct SandboxDoor: Sendable {
    /// One request on its way.
    struct Passage: Sendable {
        /// The request to answer, its body read where that told something.
        let request: Request
        /// Where it belongs; `nil` for what is none of a test's business.
        let target: CallTarget?
        var facts = Call.Facts()
        var fault: Fault?
        /// Why its body could not be read.
        var problem: Problem?
    }

    let sandbox: Sandbox
    let reader: CallReader

    /// Looks at a request, and at what waits for it.
    func receive(_ request: Request, _ route: Route?, _ context: SluiceContext) async -> Passage {
        guard let route, let target = CallTarget(route) else {
            return Passage(request: request, target: nil, problem: route.flatMap { refusal(of: request, $0, context) })
        }
        do {
            let (read, facts) = try await reader.read(request, at: target, route.family, context)
            let fault = sandbox.faults.take(
                at: target, method: request.method.rawValue, grantType: facts.grantType)
            return Passage(request: read, target: target, facts: facts, fault: fault)
        } catch {
            return Passage(
                request: request, target: target,
                problem: error as? Problem ?? .unreadableBody("\(type(of: error))"))
        }
    }

    /// Why a request to the sandbox's own addresses is refused: it comes from a web page, perhaps by a name that was pointed here.
    private func refusal(of request: Request, _ route: Route, _ context: SluiceContext) -> Problem? {
        guard route.template.hasPrefix(CallTarget.ownPrefix) else { return nil }
        guard request.headers[.origin] == nil else {
            return Problem(
                .forbidden, code: "access_denied",
                "A sandbox takes no orders from web pages. Send the request without Origin, from a program.")
        }
        // The door's own host is the configured one, whatever name the request came by.
        guard let host = HostAndPort(request.head.authority ?? "")?.host, host == context.origin.host || Self.isOurs(host)
        else {
            return Problem(
                .forbidden, code: "access_denied",
                "A sandbox is told what to do by its own name. Use localhost, an address, or the name in --auth-url.")
        }
        return nil
    }

    /// Whether nobody can point a name like this elsewhere: it is this machine's, or no name but an address.
    private static func isOurs(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("[")
            || host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    }

    /// Answers a request that found its route, unless its fault does.
    func answer(_ passage: Passage, _ route: Route, _ context: SluiceContext) async throws -> Response {
        if let problem = passage.problem { throw problem }
        guard let fault = passage.fault, let target = passage.target else {
            return try await route.handler(passage.request, context)
        }
        if fault.delayInSeconds > 0 { try await Task.sleep(for: .seconds(fault.delayInSeconds)) }
        if fault.effect == .dropBefore { return Answer.empty(.serviceUnavailable) }
        if let refusal = try fault.refusal(on: target) { return refusal }
        return try await route.handler(passage.request, context)
    }

    /// Writes the request down, marks its answer, and ends the connection instead of giving it if the fault says so.
    func leave(
        _ passage: Passage, _ method: String, _ response: inout Response, _ duration: Duration, _ context: SluiceContext
    ) async {
        response.headers.append(Self.mark)
        let target = passage.target ?? context.route.flatMap { CallTarget($0) }
        guard target != nil || context.route == nil else { return }
        let effect = passage.fault?.effect
        sandbox.calls.add(
            Call(
                at: sandbox.clock.now, method: method, route: context.route?.template, target: target,
                status: effect == .dropBefore ? nil : Int(response.status.code), facts: passage.facts,
                fault: passage.fault?.name, duration: duration))
        // Whatever is written to the connection after this goes nowhere.
        if effect == .dropBefore || effect == .dropAfter { try? await context.channel?.close() }
    }

    /// So that nobody takes an answer of a sandbox for one of a real server.
    private static let mark = HTTPField(name: .sluiceSandbox, value: "true")
}
