package import SluiceAuthority

/// The domain's counters, on the page that Prometheus reads.
package struct DomainMetrics: Sendable {
    private let grants: [Bool: Counter]
    private let exchanges: [Bool: Counter]
    private let refreshes: [Bool: Counter]
    private let revocations: [RevocationReason: Counter]
    private let accepted: [BearerKind: Counter]
    private let refused: [BearerRefusal: Counter]
    private let rateLimited: [RateWindow: Counter]
    private let signIns: [Bool: Counter]
    private let clientRefusals: Counter
    private let hashingBusy: Counter
    private let commits: Histogram

    /// Adds the series.
    package init(_ metrics: Metrics) {
        func outcome(_ name: String, _ help: String, _ yes: String = "ok", _ no: String = "refused") -> [Bool: Counter] {
            [
                true: metrics.counter(name, help: help, labels: [("outcome", yes)]),
                false: metrics.counter(name, help: help, labels: [("outcome", no)]),
            ]
        }
        grants = outcome("sluice_grants_total", "Consent pages answered.", "approved", "denied")
        exchanges = outcome("sluice_code_exchanges_total", "Code exchanges.")
        refreshes = outcome("sluice_refreshes_total", "Refreshes.")
        signIns = outcome("sluice_sign_ins_total", "Sign-ins.")
        revocations = Dictionary(
            uniqueKeysWithValues: RevocationReason.allCases.map {
                (
                    $0,
                    metrics.counter(
                        "sluice_grant_revocations_total",
                        help: "Revoked grants, by reason. Reuse of refresh tokens is refresh_reused.",
                        labels: [("reason", $0.rawValue)])
                )
            })
        accepted = Dictionary(
            uniqueKeysWithValues: BearerKind.allCases.map {
                (
                    $0,
                    metrics.counter(
                        "sluice_bearer_checks_total", help: "Bearer checks, by outcome.",
                        labels: [("outcome", "accepted_\($0.rawValue)")])
                )
            })
        refused = Dictionary(
            uniqueKeysWithValues: BearerRefusal.allCases.map {
                (
                    $0,
                    metrics.counter(
                        "sluice_bearer_checks_total", help: "Bearer checks, by outcome.",
                        labels: [("outcome", "refused_\($0.rawValue)")])
                )
            })
        rateLimited = Dictionary(
            uniqueKeysWithValues: RateWindow.allCases.map {
                (
                    $0,
                    metrics.counter(
                        "sluice_rate_limited_requests_total",
                        help: "Requests to the API that were refused because their client made too many, by window.",
                        labels: [("window", $0.rawValue)])
                )
            })
        clientRefusals = metrics.counter(
            "sluice_client_authentication_failures_total", help: "Clients that failed to authenticate.")
        hashingBusy = metrics.counter(
            "sluice_password_hashing_busy_total", help: "Password checks refused because the queue was full.")
        commits = metrics.histogram(
            "sluice_commit_batch_size", help: "Steps that shared one commit.", bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
    }

    /// Counts what the authority did; hand it to `AuthorityEnvironment.count`.
    package func note(_ count: AuthorityCount) {
        switch count {
        case .grantApproved: grants[true]?.increment()
        case .grantDenied: grants[false]?.increment()
        case .codeExchanged: exchanges[true]?.increment()
        case .exchangeRefused: exchanges[false]?.increment()
        case .refreshed: refreshes[true]?.increment()
        case .refreshRefused: refreshes[false]?.increment()
        case .grantRevoked(let reason): revocations[reason]?.increment()
        case .bearerAccepted(let kind): accepted[kind]?.increment()
        case .bearerRefused(let refusal): refused[refusal]?.increment()
        case .rateLimited(let window): rateLimited[window]?.increment()
        case .signedIn: signIns[true]?.increment()
        case .signInRefused: signIns[false]?.increment()
        case .clientRefused: clientRefusals.increment()
        case .hashingBusy: hashingBusy.increment()
        }
    }

    /// Notes how many steps a commit covered; hand it to the store.
    package func noteCommit(_ steps: Int) { commits.record(Double(steps)) }
}
