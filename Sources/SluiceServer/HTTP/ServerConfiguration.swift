/// How and where the server listens, and what it lets a connection do.
package struct ServerConfiguration: Sendable {
    /// Where certificate and key are, both in PEM.
    package struct TLSFiles: Sendable, Hashable {
        /// The server's certificate and those that link it to a root, in this order.
        package var certificate: String
        /// The private key of the first certificate.
        package var key: String

        /// Two paths.
        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The address to listen at.
    package var host: String
    /// The port to listen at. See ``resolvingPort()`` for 0.
    package var port: Int
    /// Where browsers and clients find the server; `nil`: at one origin made of host and port.
    package var configuredOrigins: Origins?
    /// Certificate and key; `nil`: plain HTTP.
    package var tls: TLSFiles?
    /// The proxies whose `X-Forwarded-…` fields are believed.
    package var trustedProxies: TrustedProxies
    /// How large bodies may be.
    package var bodyLimits: BodyLimits
    /// From the head of a request to the end of its body.
    package var requestDeadline: Duration
    /// How long a connection may do nothing, or take to send the head of a request.
    package var idleTimeout: Duration
    /// How many connections are open at once; more wait until one closes.
    package var maxConnections: Int

    /// Everything has a default that suits a laptop.
    package init(
        host: String = "127.0.0.1", port: Int = 8080, origins: Origins? = nil, tls: TLSFiles? = nil,
        trustedProxies: TrustedProxies = .none, bodyLimits: BodyLimits = BodyLimits(),
        requestDeadline: Duration = .seconds(20), idleTimeout: Duration = .seconds(60), maxConnections: Int = 10_000
    ) {
        self.host = host
        self.port = port
        configuredOrigins = origins
        self.tls = tls
        self.trustedProxies = trustedProxies
        self.bodyLimits = bodyLimits
        self.requestDeadline = requestDeadline
        self.idleTimeout = idleTimeout
        self.maxConnections = maxConnections
    }

    /// Where browsers and clients find the server.
    ///
    /// Without configured origins that is where it listens. An address that means all interfaces is no name: then it is
    /// `localhost`.
    package var origins: Origins {
        if let configuredOrigins { return configuredOrigins }
        let name: String
        switch host {
        case "0.0.0.0", "::", "": name = "localhost"
        default: name = host.contains(":") ? "[\(host.lowercased())]" : host.lowercased()
        }
        return Origins(single: Origin(scheme: tls == nil ? .http : .https, host: name, port: port))
    }

    /// The same configuration with a port that is free now, if the port is 0.
    ///
    /// Origins, and with them the issuer of every token, must be known before the server is built; so the port is chosen
    /// here and not by the socket that will listen. Somebody may take it in between: then starting fails, and says so.
    /// - Throws: ``FreePort/Problem`` if the system has none, or does not know the host.
    package func resolvingPort() throws -> ServerConfiguration {
        guard port == 0 else { return self }
        var resolved = self
        resolved.port = try FreePort.hold(host: host).number
        return resolved
    }
}
