import Foundation
import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings/api/clients/…`.
struct ClientEndpoints: Sendable {
    let site: Site
    let now: @Sendable () -> Date

    func new(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(ClientNewPage(formID: site.authority.proofs.formID()), to: visitor.visit)
    }

    func register(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let entries = try Entries(form)
        let type = try form.value("type") ?? ""
        func again(_ errors: FormErrors) throws -> Response {
            try site.show(
                ClientNewPage(
                    formID: site.authority.proofs.formID(), name: entries.name, type: type,
                    redirectURIs: entries.redirectURIs,
                    website: entries.website, description: entries.description, logoURL: entries.logoURL, errors: errors
                ),
                to: visit, status: .badRequest)
        }
        guard let kind = Client.Kind(rawValue: type) else {
            return try again([("type", "Say whether the app can keep a secret.")])
        }
        do {
            let created = try await site.authority.clients.register(
                entries.draft, kind: kind, owner: visitor.account.id, formID: try form.value("form_id"),
                trace: visit.trace)
            return try show(created, to: visit, overlap: nil)
        } catch Clients.Problem.formRepeated {
            return try site.say(
                .alreadyMade(what: "app", path: "/settings/api", requestID: context.requestID), to: visit)
        } catch let problem as Clients.Problem {
            return try again(problem.formErrors)
        }
    }

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(page(try await client(visitor)), to: visitor.visit, notice: Notice(visitor.visit))
    }

    func save(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let client = try await client(visitor)
        let entries = try Entries(form)
        do {
            try await site.authority.clients.update(
                client.id, of: visitor.account.id, entries.draft, trace: visit.trace)
            return site.go(to: "/settings/api/clients/\(client.id)?done=\(Notice.clientSaved.rawValue)", visit)
        } catch let problem as Clients.Problem where problem != .unknown {
            var page = page(client)
            page.name = entries.name
            page.redirectURIs = entries.redirectURIs
            page.website = entries.website
            page.description = entries.description
            page.logoURL = entries.logoURL
            page.errors = problem.formErrors
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func rotateSecret(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let overlap = try Overlap(form)
        do {
            let created = try await site.authority.clients.rotateSecret(
                of: visit.id(), owner: visitor.account.id, overlap: overlap.span, formID: try form.value("form_id"),
                trace: visit.trace)
            return try show(created, to: visit, overlap: overlap)
        } catch Clients.Problem.formRepeated {
            return try site.say(
                .alreadyMade(what: "client secret", path: "/settings/api", requestID: context.requestID), to: visit)
        }
    }

    func delete(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        try await site.authority.clients.delete(visit.id(), owner: visitor.account.id, trace: visit.trace)
        return site.go(to: "/settings/api?done=\(Notice.clientDeleted.rawValue)", visit)
    }

    private func client(_ visitor: SignedInVisit) async throws -> Client {
        guard let client = try await site.authority.clients.client(visitor.visit.id(), of: visitor.account.id) else {
            throw Problem.notFound
        }
        return client
    }

    private func page(_ client: Client) -> ClientPage {
        let now = now()
        return ClientPage(
            id: client.id.text, clientID: client.id.text, savedName: client.name.text,
            isConfidential: client.kind == .confidential, created: Moment(client.createdAt),
            previousUntil: client.secrets.compactMap(\.expiresAt).filter { $0 > now }.max().map(Moment.init),
            formID: site.authority.proofs.formID(), name: client.name.text,
            redirectURIs: client.redirectURIs.map(\.text).joined(separator: "\n"), website: client.website ?? "",
            description: client.description ?? "", logoURL: client.logoURL ?? "", namesLocalhost: client.namesLocalhost)
    }

    private func show(_ created: Clients.Created, to visit: Visit, overlap: Overlap?) throws -> Response {
        let issuer = site.origins.auth.text
        return try site.show(
            ClientSecretPage(
                id: created.client.id.text, name: created.client.name.text, clientID: created.client.id.text,
                clientSecret: created.secret?.text, isRotation: overlap != nil, overlap: overlap?.words(for: "secret"),
                authorizationURL: issuer + "/auth", tokenURL: issuer + "/token",
                redirectURIs: created.client.redirectURIs.map(\.text), namesLocalhost: created.client.namesLocalhost),
            to: visit)
    }

    /// What was typed, kept so that a refused form comes back as it was.
    private struct Entries {
        let name: String
        let redirectURIs: String
        let website: String
        let description: String
        let logoURL: String

        init(_ form: SluiceOAuth.Parameters) throws {
            name = try form.value("name") ?? ""
            redirectURIs = try form.value("redirect_uris") ?? ""
            website = try form.value("website") ?? ""
            description = try form.value("description") ?? ""
            logoURL = try form.value("logo_url") ?? ""
        }

        var draft: Clients.Draft {
            let lines = redirectURIs.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            return Clients.Draft(
                name: name, redirectURIs: lines.filter { !$0.isEmpty }, website: website, description: description,
                logoURL: logoURL)
        }
    }
}

extension Client {
    /// Whether a redirect URI names `localhost` (D4).
    fileprivate var namesLocalhost: Bool { redirectURIs.contains { $0.kind == .localhost } }
}

extension Clients.Problem {
    /// What to write beside which field of the client forms.
    var formErrors: FormErrors {
        switch self {
        case .nameInvalid:
            [("name", "Enter a name of 1 to 100 characters. People see it when the app asks for access.")]
        case .redirectURIMissing: [("redirect_uris", "Enter at least one redirect URI.")]
        case .tooManyRedirectURIs: [("redirect_uris", "Enter at most \(AuthorityLimits.redirectURIs) redirect URIs.")]
        case .redirectURI(let text, let problem): [("redirect_uris", "\(text.prefix(80)): \(problem.advice)")]
        case .websiteInvalid: [("website", "Enter an address that starts with https:// or http://, or leave it empty.")]
        case .logoInvalid: [("logo_url", "Enter an address that starts with https:// or http://, or leave it empty.")]
        case .descriptionTooLong: [("description", "Use at most \(AuthorityLimits.description) characters.")]
        case .limitReached: [(nil, "You have as many apps as this server allows. Delete one that you no longer need.")]
        case .notConfidential: [(nil, "A public app has no secret.")]
        case .formRepeated: [(nil, "This form was sent before.")]
        case .unknown: [(nil, "The app is gone.")]
        }
    }
}
