import SluiceOAuth

/// Fresh verifiers and states.
enum ProofMaterial {
    /// 32 random bytes in base64url: 43 characters, as Buffer's samples make them.
    static func random() -> CodeVerifier {
        // The standard library's generator is the operating system's cryptographic one.
        let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: UInt64.random(in: .min ... .max), Array.init) }
        guard let verifier = CodeVerifier(Base64URL.encode(bytes)) else {
            preconditionFailure("32 bytes in base64url are 43 unreserved characters (RFC 7636 §4.1)")
        }
        return verifier
    }
}
