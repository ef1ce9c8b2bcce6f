import HTTPTypes
import SluicePosting

/// The channels of a sandbox, by ids and by names.
struct SandboxChannels: Sendable {
    let names: SandboxNames
    let posting: Posting

    /// Those of the fixture's organizations, in its order.
    func all() async throws -> [Channel] {
        var all: [Channel] = []
        for organization in names.organizations { all += try await posting.channels.list(of: organization.id) }
        return all
    }

    /// The channel of an id, a name, or a service and a name: `mastodon/ada`.
    /// - Throws: `Problem`, 404, if there is none or there are several.
    func channel(_ text: String) async throws -> Channel {
        if let id = ChannelID(text), let channel = try await posting.channels.channel(id) { return channel }
        let all = try await all()
        let found = all.filter { $0.name == text || "\($0.service.rawValue)/\($0.name)" == text }
        if let first = found.first, found.count == 1 { return first }
        let list = all.map { "\($0.service.rawValue)/\($0.name) (\($0.id))" }.joined(separator: ", ")
        throw Problem(
            .notFound, code: "not_found",
            ourWords: found.isEmpty
                ? "There is no such channel." + (list.isEmpty ? "" : " It has: \(list).")
                : "Several channels are called this. Name one by its id: \(list).")
    }

    /// The organization of an id or a name; without either the fixture's first.
    func organization(_ text: String?) throws -> OrganizationReference {
        guard let text else {
            guard let first = names.organizations.first else {
                throw SandboxBody.refusal("There is no organization in this sandbox.")
            }
            return first.id
        }
        if let named = names.organizations.first(where: { $0.name == text || $0.id.text == text }) { return named.id }
        if let id = OrganizationReference(text) { return id }
        throw SandboxBody.refusal(
            "organization is none of this sandbox. It has: \(names.organizations.map(\.name).joined(separator: ", ")).")
    }
}
