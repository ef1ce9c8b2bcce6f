import Foundation
import SluiceGraphQL
import SluiceOAuth
import SluicePosting
import SluiceSQLite
import Synchronization

@testable import SluiceAPI
@testable import SluiceAuthority

/// A clock that only tests move.
final class TestClock: Sendable {
    private let moment: Mutex<Date>

    init(_ start: Date) { moment = Mutex(start) }

    var now: Date { moment.withLock { $0 } }

    func advance(by seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

/// The API over a store in memory, with one organization that Ada owns. It is Monday, the 2nd of March 2026, 08:00 UTC.
struct World: Sendable {
    let calls: CallCounter
    let authority: Authority
    let posting: Posting
    let api: API
    let clock: TestClock
    let reports = Mutexed<[String]>([])
    let ada: Account
    let organization: OrganizationReference

    static let trace = RequestTrace(address: "192.0.2.7", userAgent: "Test/1.0", requestID: "req-1")

    init(limits: PostingLimits = PostingLimits()) async throws {
        let clock = TestClock(try Self.moment("2026-03-02T08:00:00Z"))
        let store = try await SQLiteStore.inMemory()
        var configuration = AuthorityConfiguration(issuer: "https://auth.example", audience: "https://api.example")
        configuration.passwordCost = .minimal
        guard let key = MasterKey(bytes: Array(repeating: 7, count: 32)) else { throw Missing(what: "a key") }
        let authority = try await Authority(
            store: store, masterKey: key, configuration: configuration,
            environment: AuthorityEnvironment(now: { clock.now }))
        let calls = CallCounter()
        let posting = Posting(
            store: CountingStore(store, calls), limits: limits, environment: PostingEnvironment(now: { clock.now }))
        let reports = reports
        api = try API(authority: authority, posting: posting, now: { clock.now }, report: { reports.append($0) })
        ada = try await authority.accounts.create(
            email: "ada@example.com", name: "Ada", password: "correct horse battery", trace: Self.trace)
        organization = try await Self.organization(of: ada, authority)
        (self.calls, self.authority, self.posting, self.clock) = (calls, authority, posting, clock)
    }

    // MARK: People

    /// Somebody with an organization of their own and nothing else.
    func stranger(_ email: String = "eve@example.com") async throws -> (account: Account, organization: OrganizationReference) {
        let account = try await authority.accounts.create(
            email: email, name: "Eve", password: "correct horse battery", trace: Self.trace)
        return (account, try await Self.organization(of: account, authority))
    }

    /// Somebody who was invited to Ada's organization.
    func member(_ role: Membership.Role, _ email: String? = nil) async throws -> Account {
        let email = email ?? "\(role.rawValue)@example.com"
        let account = try await authority.accounts.create(
            email: email, name: role.rawValue, password: "correct horse battery", trace: Self.trace)
        guard let id = OrganizationID(organization.text) else { throw Missing(what: "an organization") }
        let invited = try await authority.organizations.invite(
            email, to: id, as: role, by: .account(ada.id), trace: Self.trace)
        _ = try await authority.organizations.accept(invited.secret, by: account.id, trace: Self.trace)
        return account
    }

    private static func organization(of account: Account, _ authority: Authority) async throws -> OrganizationReference {
        let all = try await authority.accounts.organizations(of: account.id)
        guard let id = all.first.flatMap({ OrganizationReference($0.id.text) }) else { throw Missing(what: "an organization") }
        return id
    }

    // MARK: Things

    /// A channel of Ada's organization.
    func channel(_ service: Service = .twitter, facts: ChannelFacts = ChannelFacts(), timeZone: String = "UTC") async throws
        -> Channel
    {
        try await posting.channels.add(
            ChannelDraft(service: service, name: "\(service.rawValue) of Ada", timeZone: timeZone, facts: facts), to: organization
        )
    }

    /// A post by Ada, or by somebody else, that waits until it is due.
    func post(
        _ channel: Channel, _ text: String = "Hello", at moment: String = "2026-03-10T15:00:00Z", by author: Account? = nil,
        adjust: (inout PostDraft) -> Void = { _ in }
    ) async throws -> Post {
        var draft = PostDraft(
            channelID: channel.id, author: try Self.reference(author ?? ada), text: text, mode: .customScheduled)
        draft.dueAt = try Self.moment(moment)
        adjust(&draft)
        return try await posting.posts.create(draft)
    }

    /// Lets time pass and sends what came due.
    func pass(to moment: String) async throws {
        clock.advance(by: try Self.moment(moment).timeIntervalSince(clock.now))
        _ = await posting.scheduler.runDue()
    }

    static func moment(_ text: String) throws -> Date {
        guard let moment = Moment(text) else { throw Missing(what: "a moment in \(text)") }
        return moment.date
    }

    static func reference(_ account: Account) throws -> AccountReference {
        guard let reference = AccountReference(account.id.text) else { throw Missing(what: "an account") }
        return reference
    }

    // MARK: Questions

    /// What the API answers to Ada, or to somebody else.
    /// - Parameter scopes: What the credential may do; `nil` for everything.
    func ask(
        _ query: String, _ variables: JSONValue = [:], as account: Account? = nil, scopes: String? = nil
    ) async throws -> Reply {
        let bearer = Bearer(
            accountID: (account ?? ada).id, scopes: scopes.flatMap { Scopes($0) }, source: .apiKey(APIKeyID(random: .system)),
            expiresAt: nil)
        let body = JSONValue.object(["query": .string(query), "variables": variables]).description
        let answer = await api.answer(json: body.utf8, for: bearer)
        return Reply(json: try JSONParser().parse(answer.body), isRequestError: answer.isRequestError)
    }
}

/// What a test counted on is not there.
struct Missing: Error {
    let what: String
}

/// An answer of the API.
struct Reply: Sendable, CustomStringConvertible {
    let json: JSONValue
    let isRequestError: Bool

    /// What stands at a place in `data`: `posts.edges.0.node.id`.
    subscript(path: String) -> JSONValue? {
        path.split(separator: ".").reduce(json["data"]) { value, step in
            Int(step).map { value?[$0] } ?? value?[String(step)]
        }
    }

    var errors: [JSONValue] { json["errors"]?.array ?? [] }
    var codes: [String] { errors.map { $0["extensions"]?["code"]?.string ?? "-" } }
    var messages: [String] { errors.map { $0["message"]?.string ?? "-" } }
    var description: String { json.description }
}

/// A value that several tasks change.
final class Mutexed<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    var value: Value { mutex.withLock { $0 } }

    func change(_ change: (inout Value) -> Void) { mutex.withLock { value in change(&value) } }
}

extension Mutexed {
    func append<Element>(_ element: Element) where Value == [Element] { change { $0.append(element) } }
}
