import Foundation
import SluiceOAuth
import SluicePosting

/// A form about a channel that was sent: what was typed, what it means, and what is wrong with it.
struct ChannelForm: Sendable {
    /// Whether it names a zone of the IANA's. The list to choose from has one name of each zone, and some zones have several.
    private static func isTimeZone(_ name: String) -> Bool {
        TimeZoneGroup.all.contains { $0.names.contains(name) } || (name.contains("/") && TimeZone(identifier: name) != nil)
    }

    /// What was typed, so that a refused form comes back as it was.
    let fields: ChannelFields
    /// What the network says about the channel.
    let facts: ChannelFacts
    /// What is wrong, beside its field.
    let errors: FormErrors

    /// - Parameters:
    ///   - service: Decides which fields count; `nil` if none was chosen.
    ///   - old: What is known of the channel already, which fields that the service has not leave as it is.
    init(_ form: SluiceOAuth.Parameters, for service: Service?, old: ChannelFacts = ChannelFacts()) throws {
        func text(_ name: String) throws -> String {
            (try form.value(name) ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        }
        var fields = ChannelFields()
        fields.name = try text("name")
        fields.displayName = try text("display_name")
        fields.timeZone = try text("time_zone")
        fields.externalLink = try text("external_link")
        fields.serverURL = try text("server_url")
        fields.maxCharacters = try text("max_characters")
        fields.boards = try form.value("boards") ?? ""
        fields.location = try text("location")
        if let service { fields.show(for: service, all: true) }

        var facts = old
        var errors = FormErrors()
        if !(1...100).contains(fields.name.count) { errors.add("Enter a name of 1 to 100 characters.", at: "name") }
        if fields.displayName.count > 100 { errors.add("Use at most 100 characters.", at: "display_name") }
        if !Self.isTimeZone(fields.timeZone) { errors.add("Choose one of the time zones.", at: "time_zone") }
        for (name, address) in [("external_link", fields.externalLink), ("server_url", fields.serverURL)]
        where !address.isEmpty && (WebLink(address) == nil || address.utf8.count > PostingLimits.addressLimit) {
            errors.add("Enter an address that starts with https:// or http://, or leave it empty.", at: name)
        }
        if service?.hasServer == true { facts.serverURL = fields.serverURL.isEmpty ? nil : fields.serverURL }
        if service == .mastodon {
            let number = Int(fields.maxCharacters)
            if !fields.maxCharacters.isEmpty, !(1...100_000).contains(number ?? 0) {
                errors.add("Enter a number from 1 to 100000, or leave it empty.", at: "max_characters")
            }
            facts.maxCharacters = number
        }
        if service == .pinterest {
            if let boards = BoardLines.boards(fields.boards, known: old.boards) {
                facts.boards = boards
            } else {
                errors.add(
                    "Write one board a line, as Recipes or Recipes | 549755885175; each id once, at most \(BoardLines.limit).",
                    at: "boards")
            }
        }
        if service?.hasLocation == true {
            if fields.location.count > 200 { errors.add("Use at most 200 characters.", at: "location") }
            var place = facts.location ?? ChannelFacts.Location()
            place.location = fields.location.isEmpty ? nil : fields.location
            facts.location = place == ChannelFacts.Location() ? nil : place
        }
        self.fields = fields
        self.facts = facts
        self.errors = errors
    }
}

extension ChannelFields {
    /// The fields of a channel that is there.
    init(_ channel: Channel) {
        name = channel.name
        displayName = channel.displayName ?? ""
        timeZone = channel.timeZone
        externalLink = channel.externalLink ?? ""
        serverURL = channel.facts.serverURL ?? ""
        maxCharacters = channel.facts.maxCharacters.map { "\($0)" } ?? ""
        boards = BoardLines.text(channel.facts.boards)
        location = channel.facts.location?.location ?? ""
        show(for: channel.service, all: false)
    }

    /// Shows the fields that a service has, or all of them where another service may still be chosen.
    mutating func show(for service: Service, all: Bool) {
        hasServer = all || service.hasServer
        hasMaxCharacters = all || service == .mastodon
        hasBoards = all || service == .pinterest
        hasLocation = all || service.hasLocation
    }
}

extension Service {
    /// Whether its accounts live on servers of many people's.
    var hasServer: Bool { self == .mastodon || self == .bluesky }
    /// Whether its accounts may be places.
    var hasLocation: Bool { self == .facebook || self == .googlebusiness }
}
