import Foundation
import SluiceAuthority
import SluicePosting
import Testing

@testable import SluiceCLI

@Suite("Organizations in fixtures of a sandbox")
struct FixtureOrganizationTests {
    private func read(_ organization: String) throws -> Fixture.Organization {
        let fixture = try FixtureReader.read(
            yaml: """
                accounts:
                  - {email: a@b.example, name: A, organizations: [\(organization)]}
                  - {email: c@b.example, name: C}
                """, file: "f.yaml")
        return try #require(fixture.people.first?.organizations.first)
    }

    @Test func `everything that may stand in an organization is read`() throws {
        let made = try read(
            """
            {name: O, members: {c@b.example: admin}, tags: [t, {name: u, color: red}], idea_groups: [g],
             channels: [
               {service: pinterest, name: p, id: 0123456789abcdef01234567, type: business, display_name: P, service_id: s,
                time_zone: Europe/Berlin, schedule: {mon: ["09:00", "08:00"]}, external_link: "https://p.example", locked: true,
                disconnected: true, boards: [{name: b, service_id: "1", url: "https://p.example/b"}]},
               {service: mastodon, name: m, schedule: ["10:30"], paused: true, server_url: "https://m.example", max_characters: 900}],
             ideas: [{title: i, text: x, group: g, tags: [t], services: [twitter]}],
             templates: [{title: T, body: B, description: D, emoji: E, visibility: private}],
             posts: [
               {channel: m, text: later, due: +2h, tags: [u], images: ["https://i.example/1.png"]},
               {channel: pinterest/p, text: then, due: "2031-01-31T12:00:00Z"},
               {channel: 0123456789abcdef01234567, text: next, mode: shareNext},
               {channel: m, text: out, status: sent, metrics: {reactions: 3, engagementRate: 4.5}},
               {channel: m, text: held, status: needs_approval}]}
            """)
        #expect(made.members.map(\.email.text) == ["c@b.example"])
        let (pins, toots) = (try #require(made.channels.first), try #require(made.channels.last))
        #expect(pins.draft.id == ChannelID("0123456789abcdef01234567"))
        #expect(pins.draft.schedule[.mon].times.map(\.text) == ["08:00", "09:00"])
        #expect(pins.draft.schedule[.tue].times.isEmpty)
        #expect(pins.isLocked && pins.isDisconnected && !pins.isQueuePaused)
        #expect(pins.draft.facts.boards.map(\.serviceID) == ["1"])
        #expect(toots.draft.schedule == .daily([try #require(TimeOfDay("10:30"))]))
        #expect(toots.isQueuePaused && toots.draft.timeZone == "UTC" && toots.draft.facts.maxCharacters == 900)
        #expect(made.tags.map(\.color) == [.blue, .red])
        #expect(made.posts.map(\.channel) == [1, 0, 0, 1, 1])
        #expect(made.posts.map(\.mode) == [.customScheduled, .customScheduled, .shareNext, .addToQueue, .addToQueue])
        #expect(made.posts.map(\.status) == [.scheduled, .scheduled, .scheduled, .sent, .needsApproval])
        #expect(made.posts.first?.due == .after(seconds: 7_200))
        #expect(made.posts[3].metrics == [PostMetric(.reactions, 3), PostMetric(.engagementRate, 4.5)])
        #expect(made.ideas.first?.group == "g" && made.templates.first?.visibility == .private)
    }

    @Test(arguments: [
        ("{nam: O}", "“nam” means nothing here", ""), ("{tags: []}", "“name” is missing", ""),
        ("{name: O, members: {b@b.example: member}}", "There is no such account", ".members.b@b.example"),
        ("{name: O, members: {a@b.example: member}}", "the organization's owner", ".members.a@b.example"),
        ("{name: O, members: {c@b.example: owner}}", "admin, member or contributor", ".members.c@b.example"),
        ("{name: O, members: {c: member}}", "no e-mail address", ".members.c"),
        ("{name: O, channels: [{name: c}]}", "“service” is missing", ".channels[0]"),
        ("{name: O, channels: [{service: x, name: c}]}", "twitter", ".channels[0].service"),
        ("{name: O, channels: [{service: twitter, name: c, id: X}]}", "24 of the characters", ".channels[0].id"),
        ("{name: O, channels: [{service: twitter, name: c, time_zone: Mars}]}", "Europe/Berlin", ".channels[0].time_zone"),
        ("{name: O, channels: [{service: twitter, name: c, schedule: [9]}]}", "09:30", ".channels[0].schedule[0]"),
        ("{name: O, channels: [{service: twitter, name: c, paused: maybe}]}", "true or false", ".channels[0].paused"),
        ("{name: O, posts: [{channel: c, text: x}]}", "There is no such channel", ".posts[0].channel"),
        ("{name: O, ideas: [{text: x, group: g}]}", "no such idea group", ".ideas[0].group"),
        ("{name: O, ideas: [{text: x, tags: [t]}]}", "no such tag", ".ideas[0].tags[0]"),
    ])
    func `what is wrong is told with its place`(organization: String, words: String, place: String) throws {
        let failure = try #require(throws: Failure.self) { try read(organization) }
        #expect(failure.paragraph.contains(words), "\(failure.paragraph)")
        #expect(failure.paragraph.contains("at accounts[0].organizations[0]\(place):"), "\(failure.paragraph)")
    }

    @Test(arguments: [
        ("{channel: c, text: x}", "Several channels", "channel"),
        ("{channel: twitter/c, text: x, due: soon}", "+2h", "due"),
        ("{channel: twitter/c, text: x, due: +2h, mode: shareNext}", "customScheduled", ""),
        ("{channel: twitter/c, text: x, status: sent, due: +2h}", "neither mode nor due", "due"),
        ("{channel: twitter/c, text: x, metrics: {reactions: 1}}", "status sent", "metrics"),
        ("{channel: twitter/c, text: x, status: sent, metrics: {smiles: 1}}", "reactions", "metrics.smiles"),
        ("{channel: twitter/c, text: x, type: story}", "Instagram", "type"),
    ])
    func `a post that cannot be is told why`(post: String, words: String, member: String) throws {
        let channels = "[{service: twitter, name: c}, {service: mastodon, name: c}]"
        let failure = try #require(throws: Failure.self) { try read("{name: O, channels: \(channels), posts: [\(post)]}") }
        #expect(failure.paragraph.contains(words), "\(failure.paragraph)")
        #expect(failure.paragraph.contains(".posts[0]\(member.isEmpty ? "" : ".\(member)"):"), "\(failure.paragraph)")
    }
}
