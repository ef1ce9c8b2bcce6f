import Foundation
public import SluiceOAuth

/// Sign-in for a program on a device without a browser, where the server offers it.
///
/// ```swift
/// let flow = DeviceFlow(client: client)
/// let authorization = try await flow.start(scopes: scopes)
/// print("Open \(authorization.verificationURI) and enter \(authorization.userCode)")
/// try await source.signIn(with: flow.tokens(for: authorization))
/// ```
/// - Source: RFC 8628.
public struct DeviceFlow: Sendable {
    /// The app at its server.
    public let client: OAuthClient
    private let pause: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - client: Its `now` is the clock by which codes end.
    ///   - pause: Waits between two questions; throws if the wait was cancelled.
    public init(
        client: OAuthClient, pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.client = client
        self.pause = pause
    }

    /// Asks for a code.
    /// - Throws: `DeviceFlowError.notOffered` if the server's metadata names no endpoint for that; `.request` if it gave no code.
    /// - Source: RFC 8628 §3.1.
    public func start(scopes: Scopes) async throws(DeviceFlowError) -> DeviceAuthorization {
        guard let endpoint = client.server.deviceAuthorizationEndpoint else {
            throw .notOffered(issuer: client.server.issuer)
        }
        let askedAt = client.now()
        let answer: TransportResponse
        do {
            answer = try await client.post(scopes.isEmpty ? [] : [("scope", scopes.text)], to: endpoint)
        } catch {
            throw .request(error)
        }
        guard answer.status == 200 else { throw .request(client.failure(answer)) }
        guard let authorization = DeviceAuthorization(answer, scopes: scopes, askedAt: askedAt) else {
            throw .request(.unreadable(status: answer.status))
        }
        return authorization
    }

    /// Waits until the user has decided.
    /// - Parameter limit: How long at most; the code's own end comes first if it is earlier.
    /// - Throws: `DeviceFlowError`. A server that is busy or out of reach for a while is asked again, more slowly, until the code ends.
    /// - Source: RFC 8628 §3.4 and §3.5.
    public func tokens(
        for authorization: DeviceAuthorization, within limit: Duration = .seconds(86_400)
    ) async throws(DeviceFlowError) -> TokenSet {
        let end = min(authorization.expiresAt, client.now().addingTimeInterval(Double(limit.components.seconds)))
        var interval = authorization.interval
        var wait = interval
        while true {
            // A question after the end is answered by `expired_token` at best: no need to wait for it.
            guard client.now().addingTimeInterval(Double(wait.components.seconds)) < end else { throw .expired }
            do { try await pause(wait) } catch { throw .cancelled }
            let askedAt = client.now()
            guard askedAt < end else { throw .expired }
            do {
                let answer = try await client.post(
                    [
                        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                        ("device_code", authorization.deviceCode),
                    ], to: client.server.tokenEndpoint)
                return try client.tokens(in: answer, refreshToken: nil, asked: authorization.scopes, askedAt: askedAt)
            } catch {
                wait = try Self.wait(after: error, &interval)
            }
        }
    }

    /// How long to wait for the next question.
    /// - Parameter interval: Grows for good where the server or the network asks for it.
    /// - Throws: What no further question would change.
    private static func wait(
        after error: OAuthRequestError, _ interval: inout Duration
    ) throws(DeviceFlowError) -> Duration {
        switch error {
        case .refused(let refusal):
            switch refusal.code {
            case "authorization_pending": return interval
            case "slow_down":
                // §3.5: by five seconds, for this and all later questions.
                interval += .seconds(5)
                return interval
            case "access_denied": throw .denied
            case "expired_token": throw .expired
            default: throw .request(error)
            }
        case .unavailable(_, let asked): return max(interval, asked ?? interval)
        case .transport:
            // §3.5 wants a slower pace after a timeout.
            interval = min(interval * 2, .seconds(60))
            return interval
        case .unreadable, .unsupported, .insecure: throw .request(error)
        }
    }
}

/// Why a sign-in by a code on another device ended without tokens. Holds no secret.
public enum DeviceFlowError: Error, Sendable, Equatable {
    /// The server's metadata names no device authorization endpoint.
    case notOffered(issuer: String)
    /// The user said no.
    case denied
    /// The user did not decide in time.
    case expired
    /// A request failed.
    case request(OAuthRequestError)
    /// The wait was cancelled.
    case cancelled

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .notOffered(let issuer): "\(issuer) does not offer sign-in by a code on another device (RFC 8628)."
        case .denied: "The user denied access."
        case .expired: "Nobody entered the code in time."
        case .request(let error): error.summary
        case .cancelled: "The sign-in was cancelled."
        }
    }
}
