import SluiceAuthority
import SluiceOAuth
import SluicePosting
import SluiceServer

/// Everything about a sandbox that has just become ready, for `--json`.
enum SandboxReport {
    /// One object.
    static func json(
        _ world: SeededWorld, _ environment: SandboxEnvironment, origins: Origins, port: Int
    ) -> JSON {
        .object([
            ("url", .string(origins.auth.text)), ("port", .integer(port)),
            ("environment", .object(environment.variables.map { ($0.name, .string($0.value)) })),
            ("accounts", .array(world.people.map(json))), ("grants", .array(world.grants.map(json))),
        ])
    }

    private static func json(_ person: SeededWorld.Person) -> JSON {
        .object([
            ("id", .string(person.account.id.text)), ("email", .string(person.account.email.text)),
            ("name", .string(person.account.name.text)), ("password", .string(person.password)),
            ("timezone", .string(person.account.timeZone)),
            (
                "organizations",
                .array(
                    person.organizations.map { team in
                        .object([
                            ("id", .string(team.organization.id.text)), ("name", .string(team.organization.name.text)),
                            ("channels", .array(team.channels.map(json))),
                        ])
                    })
            ),
            (
                "keys",
                .array(
                    person.keys.map {
                        .object([("id", .string($0.record.id.text)), ("key", .string($0.key.text))] + $0.record.members)
                    })
            ),
            ("clients", .array(person.apps.map(json))),
        ])
    }

    private static func json(_ channel: Channel) -> JSON {
        .object([
            ("id", .string(channel.id.text)), ("service", .string(channel.service.rawValue)), ("name", .string(channel.name)),
        ])
    }

    private static func json(_ app: Clients.Created) -> JSON {
        .object(
            [("client_id", .string(app.client.id.text))]
                + (app.secret.map { [("client_secret", .string($0.text))] } ?? []) + app.client.members)
    }

    private static func json(_ grant: SeededWorld.Approval) -> JSON {
        .object([
            ("id", .string(grant.id.text)), ("name", .string(grant.name)),
            ("account_id", .string(grant.account.id.text)), ("client_id", .string(grant.client.id.text)),
            ("scopes", .strings(grant.tokens.scopes.map(\.name))), ("access_token", .string(grant.tokens.accessToken)),
            ("refresh_token", .optional(grant.tokens.refreshToken)), ("expires_in", .integer(grant.tokens.expiresIn)),
        ])
    }
}
