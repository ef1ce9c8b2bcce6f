import SluiceAuthority

extension Installation {
    /// The account behind `--account`: an e-mail address or an id.
    func account(_ text: String) async throws -> Account {
        if let id = AccountID(text) {
            if let account = try await authority.accounts.account(id) { return account }
        } else if let account = try await authority.accounts.account(email: text) {
            return account
        }
        throw Failure(
            .notFound, "There is no account “\(Printable.line(text))”.",
            next:
                "Name it by e-mail address or id; `sluice account list` shows all. A closed account is found by its id alone."
        )
    }

    /// The organization behind an id.
    func organization(_ text: String) async throws -> Organization {
        guard let id = OrganizationID(text) else {
            throw Failure.notAnID("an organization's id", list: "sluice organization list")
        }
        guard let organization = try await authority.organizations.organization(id) else {
            throw OrganizationProblem.notFound
        }
        return organization
    }

    /// The key behind an id, in the account that was named or in whichever has it.
    func key(_ text: String, account: String?) async throws -> APIKeyRecord {
        // Whoever pastes the key itself by mistake must not read it back in an error.
        guard let id = APIKeyID(text) else {
            throw Failure.notAnID("an API key's id", list: "sluice key list --account …")
        }
        if let account {
            if let key = try await authority.keys.key(id, of: try await self.account(account).id) { return key }
        } else {
            var page = SliceRequest(limit: 200)
            while true {
                let accounts = try await authority.accounts.list(page)
                for account in accounts.elements {
                    if let key = try await authority.keys.key(id, of: account.id) { return key }
                }
                guard let next = accounts.next else { break }
                page = SliceRequest(limit: 200, after: next)
            }
        }
        throw APIKeys.Problem.unknown
    }

    /// The client behind a `client_id`, also one whose owner's account is disabled.
    func client(_ text: String) async throws -> Client {
        guard let id = ClientID(text) else { throw Failure.notAnID("a client_id", list: "sluice client list") }
        if let client = try await authority.clients.client(id) { return client }
        var page = SliceRequest(limit: 200)
        while true {
            let clients = try await authority.clients.list(page)
            if let client = clients.elements.first(where: { $0.id == id }) { return client }
            guard let next = clients.next else { break }
            page = SliceRequest(limit: 200, after: next)
        }
        throw Clients.Problem.unknown
    }
}

extension Failure {
    /// What was given has not the form of an id. It is not repeated: it may be a secret that was pasted by mistake.
    static func notAnID(_ what: String, list command: String) -> Failure {
        Failure(.invalid, "This is not \(what): 24 lowercase hexadecimal digits.", next: "`\(command)` shows them.")
    }
}
