import SluiceAuthority
import SluiceOAuth

@testable import SluiceAPI

/// What a bearer may hold: nothing, one scope, all but one, all; and no scopes at all, as an API key that may do everything.
enum ScopeSubsets {
    static let all: [Scopes?] = {
        let every = Array(ScopeCatalog.all)
        return [nil, Scopes(), ScopeCatalog.all] + every.map { Scopes([$0]) }
            + every.map { left in Scopes(every.filter { $0 != left }) }
    }()
}

/// A field that was refused, and the scope it was refused for.
struct Refusal: Hashable, CustomStringConvertible {
    let path: [String]
    let scope: String

    var description: String { "\(path.joined(separator: ".")) needs \(scope)" }

    init(_ path: [String], _ scope: Scope) {
        self.path = path
        self.scope = scope.name
    }

    /// Reads one error of a response; `nil` if it is another than that of a missing scope.
    init?(path: [String], code: String?, scopes: [String], message: String) {
        guard code == "FORBIDDEN", scopes.count == 1, message.contains(scopes[0]) else { return nil }
        self.path = path
        scope = scopes[0]
    }
}
