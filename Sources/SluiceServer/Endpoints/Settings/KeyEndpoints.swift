import Foundation
import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings/api/keys/…`.
struct KeyEndpoints: Sendable {
    let site: Site
    let now: @Sendable () -> Date

    func new(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(newPage(chosen: []), to: visitor.visit)
    }

    func create(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let chosen = form.all("scope")
        var page = newPage(chosen: chosen)
        let name = try form.value("name") ?? ""
        page.name = String(name.prefix(100))
        page.expires = try form.value("expires") ?? "never"
        let expiresAt: Date?
        switch page.expires {
        case "never": expiresAt = nil
        case "30", "90", "365": expiresAt = now().addingTimeInterval((Double(page.expires) ?? 0) * 86_400)
        default:
            page.errors = [("expires", "Choose one of the offered times.")]
            return try site.show(page, to: visit, status: .badRequest)
        }
        do {
            let scopes = try Self.scopes(chosen)
            let created = try await site.authority.keys.create(
                for: visitor.account.id, name: name, scopes: scopes, expiresAt: expiresAt,
                formID: try form.value("form_id"), trace: visit.trace)
            return try show(created, to: visit, overlap: nil)
        } catch APIKeys.Problem.formRepeated {
            return try site.say(
                .alreadyMade(what: "API key", path: "/settings/api", requestID: context.requestID), to: visit)
        } catch let problem as APIKeys.Problem {
            page.errors = problem.formErrors
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(try await page(visitor), to: visitor.visit, notice: Notice(visitor.visit))
    }

    func rename(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        do {
            let id: APIKeyID = try visit.id()
            try await site.authority.keys.rename(
                id, of: visitor.account.id, to: try form.value("name") ?? "", trace: visit.trace)
            return site.go(to: "/settings/api/keys/\(id)?done=\(Notice.keyRenamed.rawValue)", visit)
        } catch APIKeys.Problem.nameInvalid {
            var page = try await page(visitor)
            page.errors = APIKeys.Problem.nameInvalid.formErrors
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func rotate(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let overlap = try Overlap(form)
        do {
            let created = try await site.authority.keys.rotate(
                visit.id(), of: visitor.account.id, overlap: overlap.span, formID: try form.value("form_id"),
                trace: visit.trace)
            return try show(created, to: visit, overlap: overlap)
        } catch APIKeys.Problem.formRepeated {
            return try site.say(
                .alreadyMade(what: "API key", path: "/settings/api", requestID: context.requestID), to: visit)
        }
    }

    func revoke(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        try await site.authority.keys.revoke(visit.id(), of: visitor.account.id, trace: visit.trace)
        return site.go(to: "/settings/api?done=\(Notice.keyRevoked.rawValue)", visit)
    }

    private func show(_ created: APIKeys.Created, to visit: Visit, overlap: Overlap?) throws -> Response {
        try site.show(
            KeyCreatedPage(
                id: created.record.id.text, name: created.record.name.text, key: created.key.text,
                apiURL: site.origins.api.text + "/", overlap: overlap?.words(for: "key"), isRotation: overlap != nil),
            to: visit)
    }

    private func newPage(chosen: [String]) -> KeyNewPage {
        KeyNewPage(
            formID: site.authority.proofs.formID(),
            scopes: ScopeCatalog.resource.map { ScopeChoice(name: $0.name, isChosen: chosen.contains($0.name)) })
    }

    private func page(_ visitor: SignedInVisit) async throws -> KeyPage {
        let account = visitor.account.id
        guard let key = try await site.authority.keys.key(visitor.visit.id(), of: account) else {
            throw Problem.notFound
        }
        let before =
            if let old = key.rotatedFrom { try await site.authority.keys.key(old, of: account) } else {
                nil as APIKeyRecord?
            }
        return KeyPage(
            id: key.id.text, name: key.name.text, hint: key.hint, created: Moment(key.createdAt),
            lastUsed: key.lastUsedAt.map(Moment.init), expires: key.expiresAt.map(Moment.init),
            scopes: key.scopes?.map(\.name) ?? [], state: key.isExpired(at: now()) ? "Expired" : nil,
            previousUntil: before.flatMap { $0.isExpired(at: now()) ? nil : $0.expiresAt.map(Moment.init) },
            formID: site.authority.proofs.formID())
    }

    /// None ticked means everything, as the form says.
    private static func scopes(_ names: [String]) throws(APIKeys.Problem) -> Scopes? {
        guard !names.isEmpty else { return nil }
        let scopes = names.compactMap { Scope($0) }
        guard scopes.count == names.count else { throw .scopeUnknown }
        return Scopes(scopes)
    }
}

extension APIKeys.Problem {
    /// What to write beside which field of the form for a new key.
    var formErrors: FormErrors {
        switch self {
        case .nameInvalid: [("name", "Enter a name of 1 to 100 characters, such as what will use the key.")]
        case .scopeUnknown, .scopesEmpty: [("scope", "Choose from the listed permissions.")]
        case .expiryInPast: [("expires", "Choose a time in the future.")]
        case .limitReached:
            [(nil, "You have as many API keys as this server allows. Revoke one that you no longer need.")]
        case .formRepeated: [(nil, "This form was sent before.")]
        case .unknown: [(nil, "The key is gone.")]
        }
    }
}

/// How long an old secret works beside its successor.
struct Overlap: Sendable {
    let span: Duration

    /// One of the offered spans.
    init(_ form: SluiceOAuth.Parameters) throws {
        guard let text = try form.value("overlap"), let seconds = Int(text),
            [0, 3_600, 86_400, 604_800].contains(seconds)
        else { throw OAuthError(.invalidRequest, "The overlap is not one of those offered.") }
        span = .seconds(seconds)
    }

    /// A sentence about the old secret.
    func words(for what: String) -> String {
        switch span {
        case .zero: "The old \(what) has stopped working."
        case .seconds(3_600): "The old \(what) works for another hour."
        case .seconds(86_400): "The old \(what) works for another day."
        default: "The old \(what) works for another week."
        }
    }
}
