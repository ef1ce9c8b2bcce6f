import Foundation

/// What must hold for a channel. Complaints are sentences without the closing point.
enum ChannelRules {
    static let nameLimit = 100
    static let serviceIDLimit = 200
    static let boardLimit = 200
    static let postingGoalLimit = 1_000
    static let longestServerText = 100_000

    static func complaints(about channel: Channel) -> [String] {
        var complaints: [String] = []
        if !channel.name.isLine(atMost: nameLimit) {
            complaints.append("The name of a channel is one line of 1 to \(nameLimit) characters")
        }
        if let name = channel.displayName, !name.isLine(atMost: nameLimit) {
            complaints.append("The display name of a channel is one line of 1 to \(nameLimit) characters")
        }
        if !channel.serviceID.isLine(atMost: serviceIDLimit) {
            complaints.append("The service id of a channel is one line of 1 to \(serviceIDLimit) characters")
        }
        if !isZone(channel.timeZone) {
            complaints.append("The time zone is an IANA name that this server knows, such as Europe/Berlin")
        }
        if let link = channel.externalLink, let complaint = WebAddress.complaint(about: link, "The link of a channel") {
            complaints.append(complaint)
        }
        if let goal = channel.postingGoal, !(1...postingGoalLimit).contains(goal) {
            complaints.append("A posting goal is 1 to \(postingGoalLimit) posts a week")
        }
        return complaints + self.complaints(about: channel.facts, of: channel.service)
    }

    /// Whether it is the name of a zone in the IANA's list. Foundation takes more: abbreviations, which are ambiguous, and
    /// offsets, which know no daylight saving time.
    static func isZone(_ name: String) -> Bool {
        guard name.utf8.count <= nameLimit, TimeZone(identifier: name) != nil else { return false }
        return name == "UTC" || name.contains("/") || TimeZone.knownTimeZoneIdentifiers.contains(name)
    }

    private static func complaints(about facts: ChannelFacts, of service: Service) -> [String] {
        var complaints: [String] = []
        func belongs(_ isThere: Bool, _ services: [Service], _ what: String) {
            guard isThere, !services.contains(service) else { return }
            complaints.append("\(service.name) channels have no \(what)")
        }
        belongs(facts.serverURL != nil, [.mastodon, .bluesky], "server")
        belongs(facts.maxCharacters != nil, [.mastodon], "number of characters of their own")
        belongs(!facts.boards.isEmpty, [.pinterest], "boards")
        belongs(facts.location != nil, [.facebook, .googlebusiness], "location")
        belongs(facts.subscriptionType != nil, [.twitter], "subscription")
        belongs(facts.defaultToReminders != nil, [.instagram, .tiktok, .youtube], "reminders by default")
        if let server = facts.serverURL, let complaint = WebAddress.complaint(about: server, "The server of a channel") {
            complaints.append(complaint)
        }
        if let limit = facts.maxCharacters, !(1...longestServerText).contains(limit) {
            complaints.append("A server takes 1 to \(longestServerText) characters")
        }
        if let type = facts.subscriptionType, !type.isLine(atMost: nameLimit) {
            complaints.append("A subscription is one line of 1 to \(nameLimit) characters")
        }
        for text in [facts.location?.location, facts.location?.mapsLink, facts.location?.googleAccountID] {
            if let text, text.isLonger(than: PostingLimits.addressLimit) {
                complaints.append("A part of a location may have at most \(PostingLimits.addressLimit) characters")
            }
        }
        return complaints + self.complaints(about: facts.boards)
    }

    private static func complaints(about boards: [ChannelFacts.Board]) -> [String] {
        guard boards.count <= boardLimit else { return ["A channel may have at most \(boardLimit) boards"] }
        var complaints: [String] = []
        if Set(boards.map(\.serviceID)).count < boards.count {
            complaints.append("Each board of a channel has a service id of its own")
        }
        let isSound = boards.allSatisfy { board in
            EntityID<Channel>(board.id) != nil && board.serviceID.isLine(atMost: serviceIDLimit)
                && board.name.isLine(atMost: nameLimit)
                && !(board.description ?? "").isLonger(than: PostingLimits.addressLimit)
                && [board.url, board.avatarURL ?? ""].allSatisfy { $0.isEmpty || WebAddress.complaint(about: $0, "") == nil }
        }
        if !isSound {
            complaints.append("A board has an id of 24 hexadecimal digits, a service id, a name and http or https URLs")
        }
        return complaints
    }
}

extension Service {
    /// The kind of account that is usual at this service.
    public var usualType: ChannelType {
        switch self {
        case .facebook, .linkedin, .startPage: .page
        case .instagram, .pinterest, .tiktok, .whatsapp: .business
        case .youtube: .channel
        case .googlebusiness: .account
        case .bluesky, .mastodon, .substack, .threads, .twitter: .profile
        }
    }
}
