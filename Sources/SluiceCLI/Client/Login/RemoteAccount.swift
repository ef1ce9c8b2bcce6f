import SluiceClient
import SluiceOAuth

/// Whom the API takes a credential for.
struct RemoteAccount: Sendable, Equatable, Decodable {
    /// Its id.
    let id: String
    /// The person's name.
    let name: String?
    /// The e-mail address.
    let email: String?

    /// For people.
    var text: String {
        switch (name, email) {
        case (let name?, let email?): "\(name) <\(email)>"
        case (let name?, nil): name
        case (nil, let email?): email
        case (nil, nil): id
        }
    }

    /// For machines.
    var json: JSON { .object([("id", .string(id)), ("name", .optional(name)), ("email", .optional(email))]) }

    private struct Answer: Decodable, Sendable {
        let account: RemoteAccount
    }

    private struct NoAnswer: Decodable, Sendable {}

    /// Asks the API. Without the scope for that it is asked for nothing, which still tells whether it takes the credential.
    /// - Returns: `nil` without `account:read`.
    static func ask(_ api: GraphQLClient, scopes: Scopes) async throws(GraphQLFailure) -> RemoteAccount? {
        guard scopes.contains(where: { $0.name == "account:read" }) else {
            _ = try await api.send("{ __typename }", as: NoAnswer.self).get()
            return nil
        }
        return try await api.send("{ account { id name email } }", as: Answer.self).get().account
    }
}
