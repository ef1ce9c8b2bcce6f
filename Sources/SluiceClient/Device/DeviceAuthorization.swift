public import Foundation
public import SluiceOAuth

/// What an app without a browser shows to its user: where to go on another device, and which code to enter there.
/// - Source: RFC 8628 §3.2 and §3.3.
public struct DeviceAuthorization: Sendable, Hashable, SecretHolder {
    /// What the app asks with. Secret.
    let deviceCode: String
    /// What the user enters.
    public let userCode: String
    /// Where the user goes: short enough to be typed.
    public let verificationURI: String
    /// The same with the code in it, for a link or a QR code; `nil` if the server makes none.
    public let completeVerificationURI: String?
    /// When the code ends, by this machine's clock.
    public let expiresAt: Date
    /// How long to wait between two questions.
    public let interval: Duration
    /// What was asked for.
    public let scopes: Scopes

    /// Where to go; both codes stay hidden.
    public var description: String { "DeviceAuthorization(at \(verificationURI), until \(expiresAt))" }
}

extension DeviceAuthorization {
    /// Reads the answer of the device authorization endpoint.
    /// - Returns: `nil` if it is none, or sends the user to an address that is not fit for it.
    init?(_ answer: TransportResponse, scopes: Scopes, askedAt: Date) {
        struct Wire: Decodable {
            var device_code: String
            var user_code: String
            var verification_uri: String
            var verification_uri_complete: String?
            var expires_in: Double
            var interval: Double?
        }
        guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(answer.body)),
            (1...4_096).contains(wire.device_code.utf8.count),
            wire.device_code.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            (1...64).contains(wire.user_code.count), wire.expires_in.isFinite, wire.interval?.isFinite != false,
            // It is shown on a terminal and opened by a person: it must be what it looks like.
            Self.isAddress(wire.verification_uri), wire.verification_uri_complete.map(Self.isAddress) != false
        else { return nil }
        deviceCode = wire.device_code
        userCode = OAuthRefusal.printable(wire.user_code, limit: 64)
        verificationURI = wire.verification_uri
        completeVerificationURI = wire.verification_uri_complete
        expiresAt = askedAt.addingTimeInterval(min(max(wire.expires_in, 0), 86_400))
        // §3.2: five seconds where the server does not say. Never faster than one: a broken answer must not make a storm.
        interval = .seconds(min(max(wire.interval ?? 5, 1), 300))
        self.scopes = scopes
    }

    private static func isAddress(_ text: String) -> Bool {
        text.utf8.count <= 2_048 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } && SecureAddress.isFit(text)
    }
}
