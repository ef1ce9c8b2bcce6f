/// The three origins of an installation; often they are one and the same.
package struct Origins: Sendable, Hashable {
    /// Where authorization and token endpoint are: the issuer.
    package let auth: Origin
    /// Where the API is: the audience of access tokens.
    package let api: Origin
    /// Where Settings are.
    package let app: Origin

    /// Three origins, some of which may be equal.
    package init(auth: Origin, api: Origin, app: Origin) {
        self.auth = auth
        self.api = api
        self.app = app
    }

    /// One origin for everything.
    package init(single origin: Origin) {
        self.init(auth: origin, api: origin, app: origin)
    }

    /// The origin that has `role`.
    package subscript(role: Role) -> Origin {
        switch role {
        case .auth: auth
        case .api: api
        case .app: app
        }
    }

    /// Whether everything is at one origin.
    package var isSingle: Bool { auth == api && api == app }

    /// Whether the origins differ in their prefixes at most. Then any `Host` is answered, because nothing depends on it.
    package var hasOneHost: Bool { auth.authority == api.authority && api.authority == app.authority }

    /// Whether browsers reach every origin over TLS.
    package var isSecure: Bool { auth.isSecure && api.isSecure && app.isSecure }

    /// The roles that a `Host` field names; empty if it names none.
    ///
    /// With one host every name has every role: the server is also reached as `localhost`, or by the name that a
    /// container network gives it. With several, the field has to name one of them.
    /// - Parameter host: `host` or `host:port` as the request brought it.
    package func roles(for host: some StringProtocol) -> Set<Role> {
        if hasOneHost { return Set(Role.allCases) }
        guard let asked = HostAndPort(host) else { return [] }
        return Set(Role.allCases.filter { asked.names(self[$0]) })
    }
}

extension HostAndPort {
    /// Whether a `Host` field with this value means `origin`. A port that is left out is the default port.
    func names(_ origin: Origin) -> Bool {
        host == origin.host && (port ?? origin.scheme.defaultPort) == origin.port
    }
}
