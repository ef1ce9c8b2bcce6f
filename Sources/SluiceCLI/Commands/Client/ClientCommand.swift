import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice client`.
struct ClientCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client", abstract: "Register, list and delete clients (OAuth apps), and rotate their secrets.",
        subcommands: [
            ClientCreateCommand.self, ClientListCommand.self, ClientShowCommand.self, ClientRotateSecretCommand.self,
            ClientDeleteCommand.self,
        ])
}

extension Client {
    /// The members that every answer about a client has. None of them is a secret.
    var members: [(String, JSON)] {
        [
            ("type", .string(kind.rawValue)), ("name", .string(name.text)), ("account_id", .string(ownerID.text)),
            ("redirect_uris", .strings(redirectURIs.map(\.text))), ("website", .optional(website)),
            ("description", .optional(description)), ("logo_url", .optional(logoURL)),
            ("scopes", scopes.map { .strings($0.map(\.name)) } ?? .null),
            ("created_at", .string(Timestamp.text(createdAt))),
        ]
    }

    /// For `list` and `show`.
    var json: JSON { .object([("client_id", .string(id.text))] + members) }

    /// For people.
    var facts: FactSheet {
        FactSheet(
            [("Client ID", id.text), ("Name", name.text), ("Type", kind.rawValue), ("Account", ownerID.text)]
                + redirectURIs.map { ("Redirect URI", $0.text) }
                + [
                    ("Website", website), ("Description", description), ("Logo", logoURL), ("Scopes", scopes?.text),
                    ("Created", Timestamp.text(createdAt)),
                ])
    }
}

extension Report {
    /// A client or secret that was just made: the only time the secret is shown.
    static func client(_ created: Clients.Created, headline: String, advice: String = "") -> Report {
        var members: [(String, JSON)] = [("client_id", .string(created.client.id.text))]
        // Absent, not null, for a public client: no secret exists (S19).
        if let secret = created.secret { members.append(("client_secret", .string(secret.text))) }
        let json = JSON.object(members + created.client.members)
        guard let secret = created.secret else {
            return Report(
                json: json,
                text:
                    "\(headline)\n\n\(created.client.facts.text)\n\nA public client has no secret: it proves itself by PKCE."
            )
        }
        return Report(
            json: json,
            text: ShownSecret.text(
                headline, facts: created.client.facts, secretName: "The client secret", secret: secret.text,
                hint: "Keep it on your server; it cannot be shown again.\(advice)"))
    }
}
