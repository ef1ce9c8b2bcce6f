import SluiceAuthority
import SluicePosting
import Testing

@testable import SluiceServer

@Suite("Tags, through the pages")
struct TagPageTests {
    @Test func `a tag is added, changed and removed`() async throws {
        let scene = try await ChannelScene()
        let path = "\(scene.organization)/tags"
        try await scene.browser.open(path)
        let added = try await scene.browser.submit(path, [("name", "launch"), ("color", "tealLight")])
        #expect(added.body.contains("The tag was added.") && added.body.contains("<bdi>launch</bdi>"))
        let tag = try #require(try await scene.posting.tags.list(of: scene.channel.organization).first)
        #expect(tag.name == "launch" && tag.color == .tealLight)
        let post = try await scene.post("Tagged") { $0.tagIDs = [tag.id] }
        let saved = try await scene.browser.submit("\(path)/\(tag.id)", [("name", "Launch"), ("color", "red")])
        #expect(saved.body.contains("The tag was saved."))
        #expect(try await scene.browser.open("\(scene.path)/queue").body.contains(#"<span class="tag">Launch</span>"#))
        try await scene.browser.open(path)
        let removed = try await scene.browser.submit("\(path)/\(tag.id)/remove")
        #expect(removed.body.contains("The tag was removed"))
        #expect(try await scene.posting.posts.post(post.id)?.tagIDs == [])
    }

    @Test(arguments: ["", "/remove"])
    func `a form of a tag that is removed meanwhile says that there is nothing`(step: String) async throws {
        let (statuses, scene) = try await ChannelScene.race([("name", "Launch"), ("color", "red")]) { scene in
            let tag = try await scene.posting.tags.add(named: "launch", color: .blue, to: scene.channel.organization)
            return (0..<20).flatMap { _ in ["/remove", step].map { "\(scene.organization)/tags/\(tag.id)\($0)" } }
        }
        #expect(statuses.isSubset(of: [303, 404]), "\(statuses)")
        #expect(try await scene.posting.tags.list(of: scene.channel.organization).isEmpty)
    }

    @Test(arguments: [
        ("name", "", "red"), ("name", String(repeating: "x", count: 51), "red"), ("name", "LAUNCH", "red"),
        ("color", "new", "mauve"), ("color", "new", ""),
    ])
    func `what is wrong stands beside its field, and what was typed stays`(field: String, name: String, color: String)
        async throws
    {
        let scene = try await ChannelScene()
        _ = try await scene.posting.tags.add(named: "launch", color: .blue, to: scene.channel.organization)
        let path = "\(scene.organization)/tags"
        try await scene.browser.open(path)
        let answer = try await scene.browser.submit(path, [("name", name), ("color", color)])
        #expect(answer.status == 400)
        #expect(answer.tags("p").contains { $0["id"] == "\(field)-error" })
        #expect(answer.field("name") == name || name.isEmpty)
        #expect(try await scene.posting.tags.list(of: scene.channel.organization).map(\.name) == ["launch"])
    }

    @Test(arguments: [Membership.Role.member, .contributor])
    func `who may not change the organization sees the tags alone`(role: Membership.Role) async throws {
        let scene = try await ChannelScene()
        let tag = try await scene.posting.tags.add(named: "launch", color: .blue, to: scene.channel.organization)
        let visitor = try await scene.member("Visitor", as: role)
        let path = "\(scene.organization)/tags"
        let page = try await visitor.browser.open(path)
        #expect(page.body.contains("<bdi>launch</bdi>"))
        #expect(Form.all(in: page.body).map(\.action) == ["/sign-out"])
        let token = [("csrf", try #require(visitor.browser.csrf))]
        for form in [path, "\(path)/\(tag.id)", "\(path)/\(tag.id)/remove"] {
            let fields = token + [("name", "x"), ("color", "red")]
            #expect(try await visitor.browser.postOnly(form, fields).status == 403, "\(form)")
        }
        #expect(try await scene.posting.tags.list(of: scene.channel.organization) == [tag])
    }
}
