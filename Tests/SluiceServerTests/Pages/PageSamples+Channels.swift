import Foundation

@testable import SluiceServer

/// The pages about channels, queues, outboxes and tags.
extension PageSamples {
    private func own(_ daysAgo: Int) -> ChannelMoment {
        ChannelMoment(
            Date(timeIntervalSince1970: TimeInterval(1_784_736_300 - daysAgo * 86_400)),
            in: TimeZone(identifier: "Europe/Berlin") ?? .gmt)
    }

    private func place(_ part: ChannelPlace.Part) -> ChannelPlace {
        ChannelPlace(organizationID: "6560f1c2a9e4b3d7c8a1f0e5", organizationName: text("Analytical Engines"), part: part)
    }

    private func head(_ part: ChannelHead.Part, isPaused: Bool = false) -> ChannelHead {
        ChannelHead(
            organizationID: "6560f1c2a9e4b3d7c8a1f0e5", organizationName: text("Analytical Engines"),
            id: "6560f1c2a9e4b3d7c8a1f0e6", name: text("ada@mastodon.social"), descriptor: "Mastodon Profile",
            isPaused: isPaused, part: part)
    }

    private var fields: ChannelFields {
        var fields = ChannelFields()
        fields.name = text("ada")
        fields.displayName = text("Ada, of the engine")
        fields.timeZone = text("Europe/Berlin")
        fields.serverURL = text("https://mastodon.social")
        fields.boards = text("Recipes | 1")
        return fields
    }

    private func post(_ number: Int) -> QueuePost {
        QueuePost(
            id: "6560f1c2a9e4b3d7c8a1f0f\(number)", due: own(-number), text: text("The engine weaves algebraic patterns."),
            assets: [
                QueueAsset(kind: "Picture", url: "https://img.example/\(number).png" + (hostile ?? "")),
                QueueAsset(kind: "Link", url: text("ftp:")),
            ],
            how: "From the queue", author: text("Grace"), tags: [text("launch")], canMove: true, canDelete: true)
    }

    var channels: [Sample] {
        var waiting = post(1)
        waiting.canDecide = true
        var failed = post(2)
        failed.reason = text("The access token has expired.")
        failed.rawReason = text("401 invalid_token")
        failed.help = WebLink("https://help.example/" + (hostile ?? ""))
        failed.canRetry = true
        var reminded = post(3)
        reminded.canMark = true
        let colors = ["blue", "tealLight"].map { TagPage.Color(value: $0, isChosen: $0 == "blue") }
        var page = ChannelPage(
            head: head(.channel), created: moment(9), timeZone: "Europe/Berlin",
            externalLink: WebLink("https://mastodon.social/@ada" + (hostile ?? "")), waiting: "3 posts", next: own(-1),
            failures: "1 post did not go out.", canManage: true,
            days: [.init(value: "mon", name: "Monday", times: text("09:00, 12:30"), isPaused: false)], fields: fields)
        let calm = page
        page.days[0].error = text("“25:00” is no time.")
        page.scheduleErrors = errors([("mon", "Monday: “25:00” is no time.")])
        page.errors = errors([("name", "Enter a name of 1 to 100 characters."), ("time_zone", "Choose one.")])
        return [
            Sample(
                "channel-organizations",
                ChannelOrganizationsPage(organizations: [.init(id: "1", name: text("Analytical Engines"), channelCount: 2)])),
            Sample(
                "channels",
                ChannelListPage(
                    place: place(.channels),
                    channels: [
                        .init(
                            id: "1", name: text("ada"), descriptor: "Mastodon Profile", timeZone: "Europe/Berlin",
                            schedule: "21 times a week", next: own(0), isPaused: true, isLocked: true, isDisconnected: true,
                            hasFailures: true)
                    ], canManage: true, more: "after=1")),
            Sample("channels-empty", ChannelListPage(place: place(.channels), channels: [], canManage: true)),
            Sample(
                "channel-new",
                ChannelNewPage(
                    place: place(.channels), formID: "f_1",
                    services: [.init(value: "mastodon", name: "Mastodon", isChosen: true)],
                    kinds: [.init(value: "profile", word: "Profile", isChosen: true)], fields: fields,
                    errors: errors([
                        ("service", "Choose a network."), ("type", "Choose one of the kinds."), ("name", "Enter a name."),
                        ("display_name", "Too long."), ("time_zone", "Choose one."), ("server_url", "Enter an address."),
                        ("max_characters", "Enter a number."), ("boards", "Write one a line."), ("location", "Too long."),
                        ("external_link", "Enter an address."),
                    ]))),
            Sample("channel", calm), Sample("channel-errors", page),
            Sample(
                "queue",
                QueuePage(
                    head: head(.queue, isPaused: true), timeZone: "Europe/Berlin", standstill: "The queue is paused.",
                    canResume: true, upcoming: [post(4)], reminded: [reminded], waiting: [waiting], failed: [failed],
                    more: "after=1", errors: [(nil, text("The post is on its way."))])),
            Sample(
                "outbox",
                OutboxPage(
                    place: place(.outbox), organizationID: "1", path: "/settings/organizations/1/outbox",
                    deliveries: [
                        .init(
                            id: "1", sent: own(0), due: own(0), text: text("Out."), assets: post(0).assets,
                            metadata: text("{}"), attempt: "Attempt 2", channelID: "1", channelName: text("ada"),
                            timeZone: "Europe/Berlin")
                    ], more: "after=1")),
            Sample(
                "tags",
                TagPage(
                    place: place(.tags), canManage: true,
                    tags: [.init(id: "1", name: text("launch"), color: "blue", colors: colors)], more: "after=1",
                    name: text("launch"), colors: colors,
                    errors: errors([("name", "There is such a tag."), ("color", "Choose one.")]),
                    editErrors: errors([("name", "There is such a tag.")]))),
        ]
    }
}
