/// Why a command stops: what happened, what was kept, what to do next. Holds no secret.
struct Failure: Error, Equatable {
    /// What the shell is told.
    let status: Outcome
    /// What happened.
    let what: String
    /// What became of the data.
    let kept: String?
    /// What to do next.
    let next: String?

    init(_ status: Outcome, _ what: String, kept: String? = nil, next: String? = nil) {
        self.status = status
        self.what = what
        self.kept = kept
        self.next = next
    }

    /// All of it as one paragraph.
    var paragraph: String { [what, kept, next].compactMap { $0 }.joined(separator: " ") }

    /// For `--json`, on standard error.
    var json: JSON {
        .object([
            ("error", .string(status.name)), ("exit_code", .integer(Int(status.rawValue))), ("message", .string(what)),
            ("kept", .optional(kept)), ("next", .optional(next)),
        ])
    }
}

extension Outcome {
    /// The stable name that `--json` gives it.
    var name: String {
        switch self {
        case .ok: "ok"
        case .failed: "failed"
        case .usage: "usage"
        case .invalid: "invalid"
        case .notFound: "not_found"
        case .unauthenticated: "unauthenticated"
        case .unreachable: "unreachable"
        case .unavailable: "unavailable"
        case .cannotCreate: "cannot_create"
        case .busy: "busy"
        case .apiError: "api_error"
        case .refused: "refused"
        case .misconfigured: "misconfigured"
        }
    }
}
