import SluiceOAuth

/// Checks a token offline first, and asks the authorization server about those that pass.
///
/// Forged and expired tokens cost no request. A revocation is seen as soon as the introspection's answer is asked for anew, and while
/// the server cannot be asked, tokens are refused.
public struct ConfirmingVerifier: BearerChecker {
    private let verifier: AccessTokenVerifier
    private let introspection: Introspection

    /// A check by both.
    public init(_ verifier: AccessTokenVerifier, confirmedBy introspection: Introspection) {
        self.verifier = verifier
        self.introspection = introspection
    }

    /// Who stands behind a token that both accept. It may do what both permit.
    public func check(_ token: String) async throws(BearerRefusal) -> VerifiedBearer {
        let bearer = try await verifier.check(token)
        let answer = try await introspection.answer(about: token)
        guard answer.isActive else { throw .invalid(.inactive) }
        // The signature has said who it is. What the server says on top may narrow that, and must not contradict it.
        guard answer.subject == nil || answer.subject == bearer.accountID,
            answer.clientID == nil || answer.clientID == bearer.clientID
        else { throw .invalid(.unfit(.contradiction)) }
        guard !answer.isBoundToKey else { throw .invalid(.unfit(.boundToKey)) }
        guard let scopes = answer.scopes else { return bearer }
        return VerifiedBearer(
            accountID: bearer.accountID, clientID: bearer.clientID, scopes: bearer.scopes.intersection(scopes),
            expiresAt: bearer.expiresAt)
    }
}
