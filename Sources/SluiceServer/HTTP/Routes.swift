/// The routes of an installation, by role.
package struct Routes: Sendable {
    /// Below the auth origin.
    package var auth = RouteTable(family: .page)
    /// Below the API's origin.
    package var api = RouteTable(family: .api, crossOrigin: .allowList)
    /// Below the app's origin.
    package var app = RouteTable(family: .page)
    /// Below every origin, and at a host that is none of them: probes ask for an address, not for a name.
    package var everywhere = RouteTable(family: .plain)
    /// What answers a request to the API that no route takes. It checks the bearer and then throws
    /// ``SluiceContext/unmatched``, so that without a good bearer nobody learns which paths there are.
    package var unmatchedAPI: Handler?

    /// No routes yet.
    package init() {}

    subscript(role: Role) -> RouteTable {
        switch role {
        case .auth: auth
        case .api: api
        case .app: app
        }
    }
}
