import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/sandbox/calls`: what was called.
struct SandboxCallEndpoint: Sendable {
    let log: CallLog
    /// The paths that can be asked for.
    let paths: Set<String>

    /// `?path=/token` shows one path's calls, `?since=17` those behind number 17.
    func get(_ request: Request, _: SluiceContext) async throws -> Response {
        let query = try SluiceOAuth.Parameters(formEncoded: Array((request.uri.query ?? "").utf8))
        guard query.pairs.allSatisfy({ ["path", "since"].contains($0.name) }) else {
            throw SandboxBody.refusal("The query may hold path and since.")
        }
        var target = CallTarget.all
        if let path = try query.value("path") {
            guard let known = CallTarget(path, known: paths) else {
                throw SandboxBody.refusal("path is none of this server. It has: \(paths.sorted().joined(separator: ", ")).")
            }
            target = known
        }
        var since = 0
        if let text = try query.value("since") {
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
                throw SandboxBody.refusal("since must be the number of a call.")
            }
            since = number
        }
        let view = log.view(target, since: since)
        var json = JSONText()
        json.add("calls", json: view.calls.map(Self.json))
        json.add("last", Int64(view.last))
        json.add("forgotten", Int64(view.forgotten))
        return Answer.json(json.text)
    }

    func delete(_: Request, _: SluiceContext) -> Response {
        var json = JSONText()
        json.add("cleared", Int64(log.clear()))
        return Answer.json(json.text)
    }

    private static func json(_ call: Call) -> String {
        var json = JSONText()
        json.add("number", Int64(call.number))
        json.add("at", Timestamp.text(call.at))
        json.add("method", call.method)
        json.add("path", optional: call.route)
        if let status = call.status { json.add("status", Int64(status)) } else { json.add("status", json: "null") }
        json.add("client_id", optional: call.facts.clientID?.text)
        json.add("grant_type", optional: call.facts.grantType?.rawValue)
        json.add("grant_id", optional: call.facts.grantID?.text)
        json.add("key_id", optional: call.facts.keyID?.text)
        json.add("operation", optional: call.facts.operationKind)
        json.add("operation_name", optional: call.facts.operationName)
        json.add("fault", optional: call.fault)
        json.add("duration_ms", Int64((call.duration.inSeconds * 1000).rounded()))
        return json.text
    }
}
