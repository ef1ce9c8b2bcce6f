import Foundation
import SluiceAuthority
import SluicePosting
import Testing

@testable import SluiceServer

@Suite("Channels, through the pages")
struct ChannelPageTests {
    @Test func `a channel is added three clicks from any page, which says that no network is connected`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        #expect(try await ada.browser.open("/settings").tags("a").contains { $0["href"] == "/settings/channels" })
        let empty = try await ada.browser.open("/settings/channels")
        let organization = ada.browser.path
        #expect(organization.hasSuffix("/channels") && organization.hasPrefix("/settings/organizations/"))
        #expect(empty.body.contains("No network is connected.") && empty.body.contains("goes to the outbox"))
        #expect(empty.tags("a").contains { $0["href"] == "\(organization)/new" })
        let form = try await ada.browser.open("\(organization)/new")
        #expect(form.body.contains("No network is connected."))
        #expect(form.tags("input").filter { $0["name"] == "service" }.count == Service.allCases.count)
        let made = try await ada.browser.submit(
            organization,
            [
                ("service", "pinterest"), ("name", "kitchen"), ("display_name", "The Kitchen"), ("time_zone", "Europe/Berlin"),
                ("boards", "Recipes | 549755885175\r\n\r\nTools"), ("external_link", "https://www.pinterest.com/kitchen"),
            ])
        #expect(made.status == 200 && made.body.contains("The channel was added."))
        #expect(made.body.contains("<h1><bdi>The Kitchen</bdi></h1>"))
        let reference = try #require(OrganizationReference(organization.split(separator: "/")[2]))
        let channel = try #require(try await installation.posting.channels.list(of: reference).first)
        #expect(channel.service == .pinterest && channel.name == "kitchen" && channel.displayName == "The Kitchen")
        #expect(channel.timeZone == "Europe/Berlin" && channel.publisher == .outbox)
        #expect(channel.facts.boards.map(\.name) == ["Recipes", "Tools"])
        #expect(channel.facts.boards[0].serviceID == "549755885175")
        let list = try await ada.browser.open(organization)
        #expect(list.tags("a").contains { $0["href"] == "\(organization)/\(channel.id)" })
        #expect(list.body.contains("Pinterest Business") || list.body.contains("Pinterest "))
    }

    @Test func `the form for a new channel, sent twice, makes one`() async throws {
        let scene = try await ChannelScene()
        let path = "\(scene.organization)/channels"
        try await scene.browser.open("\(path)/new")
        let form = try #require(Form.all(in: scene.browser.page).first { $0.action == path })
        let fields = form.hidden + [("service", "bluesky"), ("name", "twice"), ("time_zone", "UTC")]
        for _ in 0..<3 { #expect(try await scene.browser.post(path, fields).status == 200) }
        let names = try await scene.posting.channels.list(of: scene.channel.organization).map(\.name)
        #expect(names.sorted() == ["ada", "twice"])
    }

    @Test(arguments: [
        ("service", [("service", "")]), ("service", [("service", "myspace")]), ("type", [("type", "robot")]),
        ("name", [("name", "")]), ("name", [("name", String(repeating: "n", count: 101))]),
        ("display_name", [("display_name", String(repeating: "n", count: 101))]),
        ("time_zone", [("time_zone", "Mars/Olympus")]), ("server_url", [("server_url", "javascript:alert(1)")]),
        ("max_characters", [("max_characters", "many")]), ("external_link", [("external_link", "ftp://example.com")]),
        ("boards", [("service", "pinterest"), ("boards", "A | 1\nB | 1")]),
        ("location", [("service", "facebook"), ("location", String(repeating: "x", count: 201))]),
    ])
    func `what is wrong stands beside its field, what was typed stays, and nothing is made`(
        field: String, changes: [(String, String)]
    ) async throws {
        let scene = try await ChannelScene()
        let path = "\(scene.organization)/channels"
        try await scene.browser.open("\(path)/new")
        let good = [("service", "mastodon"), ("name", "new one"), ("display_name", "Kept"), ("time_zone", "Asia/Tokyo")]
        let fields = good.filter { pair in !changes.contains { $0.0 == pair.0 } } + changes
        let answer = try await scene.browser.submit(path, fields)
        #expect(answer.status == 400 && answer.title.hasPrefix("Error: "))
        #expect(answer.tags("p").contains { $0["id"] == "\(field)-error" }, "\(field)")
        #expect(answer.tags("a").contains { $0["href"] == "#\(field)" }, "the summary leads to it")
        if field != "display_name" { #expect(answer.field("display_name") == "Kept") }
        if field != "time_zone" { #expect(answer.body.contains("<option selected>Asia/Tokyo</option>")) }
        #expect(try await scene.posting.channels.count(of: scene.channel.organization) == 1)
    }

    @Test(arguments: Membership.Role.allCases)
    func `a page offers what the role allows, and the server refuses the rest`(role: Membership.Role) async throws {
        let scene = try await ChannelScene()
        let visitor = role == .owner ? scene.ada : try await scene.member("Visitor", as: role)
        try await scene.post("Waits")
        let list = try await visitor.browser.open("\(scene.organization)/channels")
        #expect(list.status == 200)
        #expect(list.body.contains("\(scene.organization)/channels/new") == role.canManageChannels)
        let page = try await visitor.browser.open(scene.path)
        #expect(page.status == 200 && page.body.contains("09:00, 12:30, 17:00"))
        let token = [("csrf", try #require(visitor.browser.csrf))]
        for form in ["", "/schedule", "/pause", "/remove"] {
            #expect(Form.all(in: page.body).contains { $0.action == scene.path + form } == role.canManageChannels, "\(form)")
            guard !role.canManageChannels else { continue }
            let answer = try await visitor.browser.postOnly(scene.path + form, token + [("name", "x"), ("time_zone", "UTC")])
            #expect(answer.status == 403, "\(form)")
        }
        if !role.canManageChannels {
            #expect(try await visitor.browser.open("\(scene.organization)/channels/new").status == 403)
            #expect(try await scene.posting.channels.channel(scene.channel.id) == scene.channel, "nothing was changed")
        }
    }

    @Test func `a channel of another organization is nowhere, whoever's address it is put behind`() async throws {
        let scene = try await ChannelScene()
        let mallory = try await Member(scene.installation, "mallory@example.com", name: "Mallory", peer: "203.0.113.9")
        let own = try await scene.installation.organization(of: mallory.account).id
        let post = try await scene.post("Ada's")
        let channel = "/channels/\(scene.channel.id)"
        for organization in [scene.organization, "/settings/organizations/\(own)"] {
            for path in [channel, "\(channel)/queue", "\(channel)/outbox"] {
                #expect(try await mallory.browser.open(organization + path).status == 404, "\(organization)\(path)")
            }
            try await mallory.browser.open("/settings")
            let token = [("csrf", try #require(mallory.browser.csrf))]
            for path in ["\(channel)/remove", "\(channel)/pause", "/posts/\(post.id)/delete", "/posts/\(post.id)/top"] {
                #expect(try await mallory.browser.postOnly(organization + path, token).status == 404, "\(organization)\(path)")
            }
        }
        for path in ["/channels", "/outbox", "/tags"] {
            #expect(try await mallory.browser.open(scene.organization + path).status == 404)
        }
        #expect(try await scene.posting.posts.post(post.id) == post)
        #expect(try await scene.posting.channels.channel(scene.channel.id) == scene.channel)
    }

    @Test func `details are changed, and fields that are left empty are taken away`() async throws {
        let scene = try await ChannelScene()
        try await scene.browser.open(scene.path)
        let saved = try await scene.browser.submit(
            scene.path,
            [
                ("name", "ada2"), ("display_name", "Ada"), ("time_zone", "Asia/Kolkata"), ("server_url", "https://fosstodon.org"),
                ("max_characters", "1000"), ("external_link", "https://fosstodon.org/@ada"),
            ])
        #expect(saved.status == 200 && saved.body.contains("The channel was saved."))
        #expect(!saved.tags("textarea").contains { $0["name"] == "boards" }, "Mastodon has no boards")
        var channel = try #require(try await scene.posting.channels.channel(scene.channel.id))
        #expect(channel.name == "ada2" && channel.displayName == "Ada" && channel.timeZone == "Asia/Kolkata")
        #expect(channel.facts.serverURL == "https://fosstodon.org" && channel.facts.maxCharacters == 1_000)
        #expect(channel.externalLink == "https://fosstodon.org/@ada")
        let again = try await scene.browser.submit(
            scene.path, [("name", "ada2"), ("time_zone", "Asia/Kolkata"), ("server_url", "https://fosstodon.org")])
        #expect(again.status == 200)
        channel = try #require(try await scene.posting.channels.channel(scene.channel.id))
        #expect(channel.displayName == nil && channel.externalLink == nil && channel.facts.maxCharacters == nil)
    }

    @Test func `a schedule is typed as text, and the queue follows it`() async throws {
        let scene = try await ChannelScene()
        let first = try await scene.post("One")
        let second = try await scene.post("Two")
        try await scene.browser.open(scene.path)
        var days = ["mon", "tue", "wed", "thu", "fri", "sun"].map { ($0, "9:15; 18:00") }
        days.append(("sat", " 11:00 , 10:30 10:30"))
        let saved = try await scene.browser.submit("\(scene.path)/schedule", days + [("sun_paused", "on")])
        #expect(saved.status == 200 && saved.body.contains("The schedule was saved"))
        #expect(saved.field("mon") == "09:15, 18:00" && saved.field("sat") == "10:30, 11:00")
        #expect(saved.tags("input").contains { $0["name"] == "sun_paused" && $0["checked"] != nil })
        // Friday 09:00 in Berlin is 08:00 UTC.
        let now = scene.installation.clock.now
        #expect(try await scene.posting.posts.post(first.id)?.dueAt == now + 15 * 60)
        #expect(try await scene.posting.posts.post(second.id)?.dueAt == now + 9 * 3_600)
        let copied = try await scene.browser.submit("\(scene.path)/schedule", [("mon", "08:00"), ("copy", "mon")])
        #expect(copied.status == 200)
        let schedule = try #require(try await scene.posting.channels.channel(scene.channel.id)?.schedule)
        for day in DayOfWeek.allCases { #expect(schedule[day].times.map(\.text) == ["08:00"] && !schedule[day].isPaused) }
    }

    @Test(arguments: ["25:00", "9", "nine", "09:60", "09:00-10:00"])
    func `a time that is none is named beside its day, and nothing is changed`(text: String) async throws {
        let scene = try await ChannelScene()
        try await scene.browser.open(scene.path)
        let answer = try await scene.browser.submit("\(scene.path)/schedule", [("mon", "08:00"), ("tue", "08:00, \(text)")])
        #expect(answer.status == 400)
        #expect(answer.tags("p").filter { $0["class"] == "error" }.map { $0["id"] } == ["tue-error"])
        #expect(answer.field("mon") == "08:00" && answer.field("tue") == "08:00, \(text)", "what was typed stays")
        #expect(try await scene.posting.channels.channel(scene.channel.id)?.schedule == .standard)
    }

    @Test func `a day has at most 96 times`() async throws {
        let scene = try await ChannelScene()
        let times = (0..<97).map { number in
            TimeOfDay(hour: number / 60 + 1, minute: number % 60)?.text ?? ""
        }
        for (count, status) in [(97, 400), (96, 200)] {
            try await scene.browser.open(scene.path)
            let answer = try await scene.browser.submit(
                "\(scene.path)/schedule", [("mon", times.prefix(count).joined(separator: ","))])
            #expect(answer.status == status)
        }
        #expect(try await scene.posting.channels.channel(scene.channel.id)?.schedule[.mon].times.count == 96)
    }

    @Test func `a paused queue holds its posts and says so; resuming gives overdue ones the next times`() async throws {
        let scene = try await ChannelScene()
        let post = try await scene.post("Patient")
        try await scene.browser.open(scene.path)
        let paused = try await scene.browser.submit("\(scene.path)/pause")
        #expect(paused.body.contains("The queue is paused."))
        let queue = try await scene.browser.open("\(scene.path)/queue")
        #expect(queue.body.contains("Nothing goes out.") && queue.body.contains(">Paused</span>"))
        scene.installation.clock.advance(by: 86_400)
        await scene.posting.scheduler.runDue()
        #expect(try await scene.posting.posts.post(post.id)?.status == .scheduled)
        let resumed = try await scene.browser.submit("\(scene.path)/resume")
        #expect(resumed.body.contains("The queue goes on."))
        // Saturday 09:00 was this very moment; the next time is 12:30.
        #expect(try await scene.posting.posts.post(post.id)?.dueAt == scene.installation.clock.now + 3.5 * 3_600)
    }

    @Test func `removing a channel takes its posts and its outbox with it`() async throws {
        let scene = try await ChannelScene()
        try await scene.post("Out", .shareNow)
        await scene.posting.scheduler.runDue()
        let post = try await scene.post("Waits")
        try await scene.browser.open(scene.path)
        let removed = try await scene.browser.submit("\(scene.path)/remove")
        #expect(removed.status == 200 && removed.body.contains("The channel was removed"))
        #expect(try await scene.posting.posts.post(post.id) == nil)
        #expect(try await scene.posting.outbox.list(of: scene.channel.organization).entries.isEmpty)
        #expect(try await scene.browser.open(scene.path).status == 404)
    }

    @Test(arguments: ["/remove", "/pause", "/schedule", ""])
    func `a form of a channel that is removed meanwhile says that there is nothing`(step: String) async throws {
        let fields = [("name", "x"), ("time_zone", "UTC"), ("mon", "08:00")]
        let (statuses, scene) = try await ChannelScene.race(fields) { scene in
            (0..<20).flatMap { _ in [scene.path + "/remove", scene.path + step] }
        }
        #expect(statuses.isSubset(of: [303, 404]), "\(statuses)")
        #expect(try await scene.posting.channels.count(of: scene.channel.organization) == 0)
    }

    @Test func `who belongs to several organizations chooses whose channels`() async throws {
        let scene = try await ChannelScene()
        let grace = try await Member(scene.installation, "grace@example.com", name: "Grace", peer: "198.51.100.3")
        try await scene.installation.join(scene.ada.account, grace.account)
        let page = try await scene.browser.open("/settings/channels")
        #expect(scene.browser.path == "/settings/channels" && page.status == 200)
        let theirs = try await scene.installation.organization(of: grace.account).id
        let links = page.tags("a").compactMap { $0["href"] }
        #expect(links.contains("\(scene.organization)/channels"))
        #expect(links.contains("/settings/organizations/\(theirs)/channels"))
        #expect(page.body.contains("1 channel<") && page.body.contains("0 channels<"))
    }
}
