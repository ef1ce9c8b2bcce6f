import SluiceAuthority
import SluiceOAuth
import SluicePosting
import SluiceServer

/// The environment variables that a program finds a sandbox by. The set is small, documented and stable.
struct SandboxEnvironment: Sendable {
    /// Names and values in order. Some are secrets of the sandbox.
    let variables: [(name: String, value: String)]
    /// The names of all variables that a sandbox can have, those included that this one leaves out: a caller's own would be another
    /// server's.
    let names: [String]

    /// Where the sandbox is told what to do.
    static let addressVariable = "SLUICE_SANDBOX_URL"

    init(_ world: SeededWorld, origins: Origins) {
        let apps = world.people.flatMap(\.apps)
        let confidential = apps.first { $0.client.kind == .confidential }
        let open = apps.first { $0.client.kind == .public }
        let grant = world.grants.first
        let team = world.people.first?.organizations.first
        let variables: [(String, String?)] = [
            ("BUFFER_API_URL", origins.api.text), ("BUFFER_AUTH_URL", origins.auth.text),
            ("BUFFER_API_KEY", world.people.flatMap(\.keys).first?.key.text),
            ("BUFFER_CLIENT_ID", confidential?.client.id.text), ("BUFFER_CLIENT_SECRET", confidential?.secret?.text),
            ("BUFFER_PUBLIC_CLIENT_ID", open?.client.id.text),
            ("BUFFER_REDIRECT_URI", (confidential ?? open)?.client.redirectURIs.first?.text),
            ("BUFFER_ACCESS_TOKEN", grant?.tokens.accessToken), ("BUFFER_REFRESH_TOKEN", grant?.tokens.refreshToken),
            ("BUFFER_ORGANIZATION_ID", team?.organization.id.text),
            ("BUFFER_CHANNEL_ID", team?.channels.first?.id.text),
            (Self.addressVariable, origins.auth.text + "/sandbox"),
        ]
        names = variables.map { $0.0 }
        self.variables = variables.compactMap { name, value in value.map { (name, $0) } }
    }

    /// `NAME=value`, a line each, as env files have them: everything behind the sign is the value.
    var fileText: String { variables.map { "\($0.name)=\($0.value)\n" }.joined() }

    /// The same for a shell, which would take some characters of a redirect URI for its own.
    var shellText: String { variables.map { "\($0.name)=\(Self.quoted($0.value))\n" }.joined() }

    private static func quoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._~:/%+,@=".utf8.contains(byte)
            }
        }
        return isPlain ? value : "'\(value.replacing("'", with: "'\\''"))'"
    }
}
