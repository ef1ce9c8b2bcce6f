import Foundation
import SluicePosting
import Testing

@testable import SluiceCLI

@Suite("Commands for channels, posts, outboxes, tags and groups of ideas")
struct ChannelCommandTests {
    /// Ada's installation with a channel.
    private func bed() async throws -> (bed: TestBed, channel: String) {
        let bed = try TestBed()
        try await bed.makeAccount()
        let run = await bed.run(
            "channel", "add", "--account", "ada@example.com", "--service", "mastodon", "--name", "ada", "--time-zone",
            "Europe/Berlin", "--json")
        #expect(run.status == .ok, "\(run.notes)")
        return (bed, try #require(try run.json()["id"] as? String))
    }

    /// Works on the bed's data as a server would.
    private func posting<Value: Sendable>(
        _ bed: TestBed, _ work: @Sendable (Posting) async throws -> Value
    ) async throws -> Value {
        let surroundings = Catcher().surroundings(environment: ["SLUICE_DATA": bed.data])
        let resolved = try await ResolvedSettings.read(flags: [:], environment: surroundings.environment)
        return try await Installation.with(resolved.settings, in: surroundings) { try await work($0.posting) }
    }

    /// Makes a post, and sends it if it is due.
    private func post(
        _ bed: TestBed, _ channel: String, _ text: String, _ mode: ShareMode = .addToQueue, needsApproval: Bool = false
    ) async throws -> String {
        let id = try #require(ChannelID(channel))
        return try await posting(bed) { posting in
            var draft = PostDraft(channelID: id, author: nil, text: text, mode: mode)
            draft.needsApproval = needsApproval
            let post = try await posting.posts.create(draft)
            await posting.scheduler.runDue()
            return post.id.text
        }
    }

    @Test(arguments: [["post", "list"], ["outbox", "list"]])
    func `another organization's channel is refused, not shown as an empty one`(command: [String]) async throws {
        let (bed, id) = try await bed()
        _ = try await post(bed, id, "Out", .shareNow)
        try await bed.makeAccount("eve@example.com")
        for account in ["ada@example.com", "eve@example.com"] {
            let run = await bed.run(
                command + ["--account", account, "--channel", id], input: "", environment: ["SLUICE_DATA": bed.data])
            let isOwn = account == "ada@example.com"
            #expect(run.status == (isOwn ? .ok : .invalid) && run.output.contains("Out") == isOwn, "\(run.notes)")
            #expect(isOwn || run.notes.contains("belongs to another organization"))
        }
    }

    @Test func `channel add answers with a stable object, and list and show with the same`() async throws {
        let (bed, id) = try await bed()
        let shown = try await bed.run("channel", "show", id, "--json").json()
        #expect(
            Set(shown.keys) == [
                "id", "organization_id", "service", "type", "service_id", "name", "display_name", "timezone",
                "queue_paused", "locked", "disconnected", "external_link", "server_url", "boards", "posting_goal",
                "publisher", "created_at", "updated_at",
            ])
        #expect(shown["service"] as? String == "mastodon" && shown["timezone"] as? String == "Europe/Berlin")
        #expect(shown["publisher"] as? String == "outbox")
        let items = try await bed.run("channel", "list", "--account", "ada@example.com", "--json").items()
        #expect(items.count == 1 && items[0]["id"] as? String == id)
        let organization = try #require(shown["organization_id"] as? String)
        let same = try await bed.run("channel", "list", "--organization", organization, "--json").items()
        #expect(same.count == 1)
    }

    @Test func `whose is said once: an organization, or an account that belongs to one alone`() async throws {
        let (bed, id) = try await bed()
        let shown = try await bed.run("channel", "show", id, "--json").json()
        let organization = try #require(shown["organization_id"] as? String)
        #expect(await bed.run("channel", "list").status == .usage)
        let both = await bed.run("channel", "list", "--organization", organization, "--account", "ada@example.com")
        #expect(both.status == .usage)
        #expect(await bed.run("channel", "list", "--organization", "nonsense").status == .invalid)
        #expect(await bed.run("channel", "list", "--organization", String(repeating: "0", count: 24)).status == .notFound)
        #expect(await bed.run("channel", "list", "--account", "nobody@example.com").status == .notFound)
        let made = await bed.run("organization", "create", "--account", "ada@example.com", "--name", "Second")
        #expect(made.status == .ok, "\(made.notes)")
        let several = await bed.run("channel", "list", "--account", "ada@example.com")
        #expect(several.status == .invalid && several.notes.contains(organization), "\(several.notes)")
        #expect(several.notes.contains("--organization"))
    }

    @Test(arguments: [
        (["--service", "myspace", "--name", "a"], Outcome.usage), (["--service", "mastodon", "--name", ""], .invalid),
        (["--service", "mastodon", "--name", "a", "--time-zone", "Mars/Olympus"], .invalid),
        (["--service", "youtube", "--name", "a", "--server-url", "https://example.com"], .invalid),
        (["--service", "pinterest", "--name", "a", "--board", "A | 1", "B | 1"], .invalid),
        (["--service", "mastodon", "--name", "a", "--link", "ftp://example.com"], .invalid),
    ])
    func `what breaks a rule makes no channel`(options: [String], status: Outcome) async throws {
        let (bed, _) = try await bed()
        let run = await bed.run(
            ["channel", "add", "--account", "ada@example.com"] + options, input: "", environment: ["SLUICE_DATA": bed.data])
        #expect(run.status == status, "\(run.notes)")
        #expect(try await bed.run("channel", "list", "--account", "ada@example.com", "--json").items().count == 1)
    }

    @Test func `the same account of a network twice is refused`() async throws {
        let (bed, _) = try await bed()
        let add = ["channel", "add", "--account", "ada@example.com", "--service", "bluesky", "--name", "a", "--service-id", "7"]
        let environment = ["SLUICE_DATA": bed.data]
        #expect(await bed.run(add, input: "", environment: environment).status == .ok)
        #expect(await bed.run(add, input: "", environment: environment).status == .refused)
    }

    @Test func `edit changes what is named and leaves the rest; an empty text takes away`() async throws {
        let (bed, id) = try await bed()
        let edited = try await bed.run(
            "channel", "edit", id, "--display-name", "Ada", "--goal", "5", "--link", "https://m.example/@ada", "--locked",
            "--json"
        ).json()
        #expect(edited["name"] as? String == "ada" && edited["display_name"] as? String == "Ada")
        #expect(edited["posting_goal"] as? Int == 5 && edited["locked"] as? Bool == true)
        let cleared = try await bed.run(
            "channel", "edit", id, "--display-name", "", "--goal", "0", "--link", "", "--no-locked", "--json"
        ).json()
        #expect(cleared["display_name"] is NSNull && cleared["posting_goal"] is NSNull && cleared["external_link"] is NSNull)
        #expect(cleared["locked"] as? Bool == false && cleared["timezone"] as? String == "Europe/Berlin")
    }

    @Test func `schedule shows and changes days`() async throws {
        let (bed, id) = try await bed()
        func days(_ options: String...) async throws -> [String: [String]] {
            let run = await bed.run(
                ["channel", "schedule", id] + options + ["--json"], input: "", environment: ["SLUICE_DATA": bed.data])
            let list = try #require(try run.json()["schedule"] as? [[String: Any]], "\(run.notes)")
            return Dictionary(
                uniqueKeysWithValues: list.map { day in
                    let isOff = day["paused"] as? Bool == true
                    return (day["day"] as? String ?? "", (day["times"] as? [String] ?? []) + (isOff ? ["off"] : []))
                })
        }
        #expect(try await days()["mon"] == ["09:00", "12:30", "17:00"])
        let changed = try await days("--every-day", "8:00", "--day", "sat=11:00,10:00", "sun=", "--day-off", "fri")
        #expect(changed["mon"] == ["08:00"] && changed["sat"] == ["10:00", "11:00"] && changed["sun"] == [])
        #expect(changed["fri"] == ["08:00", "off"])
        #expect(try await days("--day-on", "fri")["fri"] == ["08:00"])
        #expect(await bed.run("channel", "schedule", id, "--every-day", "25:00").status == .invalid)
        #expect(await bed.run("channel", "schedule", id, "--day", "monday=09:00").status == .usage)
        #expect(try await days() == changed.merging(["fri": ["08:00"]]) { $1 }, "nothing was changed by what was refused")
    }

    @Test func `pause, resume and remove say what changed`() async throws {
        let (bed, id) = try await bed()
        func changed(_ verb: String) async throws -> Bool? {
            try await bed.run("channel", verb, id, "--json").json()["changed"] as? Bool
        }
        #expect(try await changed("pause") == true)
        #expect(try await changed("pause") == false)
        #expect(try await changed("resume") == true)
        #expect(try await bed.run("channel", "remove", id, "--json").json()["removed"] as? Bool == true)
        #expect(await bed.run("channel", "remove", id).status == .notFound)
        #expect(await bed.run("channel", "show", "not-an-id").status == .invalid)
    }

    @Test func `fail makes the next posts end in an error, and retry sends them after all`() async throws {
        let (bed, id) = try await bed()
        let told = try await bed.run("channel", "fail", id, "--count", "2", "--reason", "No entry", "--json").json()
        #expect(told["failing"] as? Int == 2 && told["reason"] as? String == "No entry")
        let first = try await post(bed, id, "First", .shareNow)
        let failed = try await bed.run("post", "show", first, "--json").json()
        #expect(failed["status"] as? String == "error" && failed["error"] as? String == "No entry")
        #expect(await bed.run("channel", "fail", id, "--clear").status == .ok)
        _ = try await post(bed, id, "Second", .shareNow)
        let retried = try await bed.run("post", "retry", first, "--json").json()
        #expect(retried["status"] as? String == "scheduled" && retried["error"] is NSNull)
        try await posting(bed) { _ = await $0.scheduler.runDue() }
        let outbox = try await bed.run("outbox", "list", "--account", "ada@example.com", "--json").items()
        #expect(outbox.map { $0["text"] as? String } == ["First", "Second"], "newest first, each once")
        #expect(await bed.run("post", "retry", first).status == .refused, "it is out")
        #expect(await bed.run("channel", "fail", id, "--count", "0").status == .usage)
    }

    @Test func `posts are listed by state and by when they are due, and moved`() async throws {
        let (bed, id) = try await bed()
        let one = try await post(bed, id, "One")
        let two = try await post(bed, id, "Two")
        let three = try await post(bed, id, "Three")
        _ = try await post(bed, id, "Out", .shareNow)
        func texts(_ options: String...) async throws -> [String] {
            let arguments = ["post", "list", "--account", "ada@example.com", "--json"] + options
            return try await bed.run(arguments, input: "", environment: ["SLUICE_DATA": bed.data]).items()
                .compactMap { $0["text"] as? String }
        }
        #expect(try await texts() == ["Out", "Three", "Two", "One"])
        #expect(try await texts("--status", "scheduled", "--by-due") == ["One", "Two", "Three"])
        #expect(try await texts("--status", "sent", "error") == ["Out"])
        #expect(await bed.run("post", "move", three, "--to", "top").status == .ok)
        #expect(await bed.run("post", "move", one, "--to", "bottom").status == .ok)
        #expect(try await texts("--status", "scheduled", "--by-due", "--channel", id) == ["Three", "Two", "One"])
        #expect(try await bed.run("post", "delete", two, "--json").json()["deleted"] as? Bool == true)
        #expect(await bed.run("post", "delete", two).status == .notFound)
        let page = try await bed.run("post", "list", "--account", "ada@example.com", "--limit", "2", "--json").json()
        let next = try #require(page["next"] as? String)
        #expect((page["items"] as? [Any])?.count == 2)
        #expect(try await texts("--after", next) == ["One"])
    }

    @Test func `approve and reject decide about what waits for approval`() async throws {
        let (bed, id) = try await bed()
        let good = try await post(bed, id, "Good", needsApproval: true)
        let bad = try await post(bed, id, "Bad", needsApproval: true)
        #expect(try await bed.run("post", "approve", good, "--json").json()["status"] as? String == "scheduled")
        #expect(try await bed.run("post", "reject", bad, "--json").json()["status"] as? String == "draft")
        #expect(await bed.run("post", "approve", bad).status == .refused)
    }

    @Test func `tags and groups of ideas are added, listed and removed`() async throws {
        let (bed, _) = try await bed()
        let owner = ["--account", "ada@example.com"]
        func run(_ arguments: String...) async -> TestBed.Run {
            await bed.run(arguments + owner + ["--json"], input: "", environment: ["SLUICE_DATA": bed.data])
        }
        let tag = try await run("tag", "add", "--name", "launch", "--color", "teal").json()
        #expect(tag["color"] as? String == "teal")
        #expect(await run("tag", "add", "--name", "LAUNCH").status == .refused)
        #expect(await run("tag", "add", "--name", "x", "--color", "mauve").status == .usage)
        #expect(try await run("tag", "list").items().count == 1)
        let tagID = try #require(tag["id"] as? String)
        #expect(await bed.run("tag", "remove", tagID).status == .ok)
        #expect(await bed.run("tag", "remove", tagID).status == .notFound)
        let group = try await run("idea-group", "add", "--name", "Later").json()
        let groupID = try #require(group["id"] as? String)
        #expect(try await run("idea-group", "list").items().map { $0["name"] as? String } == ["Later"])
        #expect(await run("idea-group", "remove", groupID).status == .ok)
        #expect(await run("idea-group", "remove", groupID).status == .notFound)
    }

    @Test func `text from a network cannot command the terminal`() async throws {
        let (bed, id) = try await bed()
        _ = try await post(bed, id, "a\u{1B}[31mb", .shareNow)
        for command in [["post", "list"], ["outbox", "list"]] {
            let run = await bed.run(
                command + ["--account", "ada@example.com"], input: "", environment: ["SLUICE_DATA": bed.data])
            #expect(run.output.contains("a\\u{1b}[31mb") && !run.output.contains("\u{1B}"))
        }
    }
}
