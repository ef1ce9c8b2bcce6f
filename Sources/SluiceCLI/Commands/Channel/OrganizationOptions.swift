import ArgumentParser
import SluiceAuthority
import SluicePosting

/// Whose channels, posts, tags or ideas a command is about.
struct OrganizationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The organization's id.", valueName: "id"))
    var organization: String?

    @Option(
        help: ArgumentHelp(
            "An account that belongs to one organization alone, instead of naming that: e-mail address or id.",
            valueName: "account"))
    var account: String?

    func validate() throws {
        guard (organization == nil) != (account == nil) else {
            throw ValidationError("Say whose: --organization ID, or --account of somebody who belongs to one alone.")
        }
    }
}

extension Installation {
    /// The organization that was named.
    func organization(_ options: OrganizationOptions) async throws -> OrganizationReference {
        if let text = options.organization { return try reference(try await organization(text).id) }
        let account = try await account(options.account ?? "")
        let all = try await authority.accounts.organizations(of: account.id)
        guard let only = all.first else {
            throw Failure(
                .notFound, "The account belongs to no organization.",
                next: "`sluice organization create --account …` makes one.")
        }
        guard all.count == 1 else {
            let names = all.prefix(5).map { "\($0.id.text) (\(Printable.line($0.name.text)))" }
            throw Failure(
                .invalid, "The account belongs to several organizations: \(names.joined(separator: ", ")).",
                kept: "Nothing was changed.", next: "Name one with --organization.")
        }
        return try reference(only.id)
    }

    private func reference(_ id: OrganizationID) throws -> OrganizationReference {
        guard let reference = OrganizationReference(id.text) else {
            throw Failure(.failed, "The organization's id has another form than posting knows.")
        }
        return reference
    }

    /// The channel behind an id.
    func channel(_ text: String) async throws -> Channel {
        guard let id = ChannelID(text) else {
            throw Failure.notAnID("a channel's id", list: "sluice channel list --organization …")
        }
        guard let channel = try await posting.channels.channel(id) else {
            throw Failure(
                .notFound, "There is no such channel.", kept: "Nothing was changed.",
                next: "`sluice channel list --organization …` shows them.")
        }
        return channel
    }

    /// The channel behind an id, which has to be the organization's: another's would look like one without anything in it.
    func channel(_ text: String, of organization: OrganizationReference) async throws -> Channel {
        let channel = try await channel(text)
        guard channel.organization == organization else {
            throw Failure(
                .invalid, "The channel “\(Printable.line(channel.name))” belongs to another organization.",
                kept: "Nothing was changed.",
                next: "`sluice channel list --organization \(organization.text)` shows this one's.")
        }
        return channel
    }

    /// The post behind an id.
    func post(_ text: String) async throws -> Post {
        guard let id = PostID(text) else {
            throw Failure.notAnID("a post's id", list: "sluice post list --organization …")
        }
        guard let post = try await posting.posts.post(id) else {
            throw Failure(
                .notFound, "There is no such post.", kept: "Nothing was changed.",
                next: "`sluice post list --organization …` shows them.")
        }
        return post
    }
}
