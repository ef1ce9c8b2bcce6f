import Foundation
import SluiceAuthority
import SluicePosting

/// Sends what came due when the clock was moved.
struct SandboxDelivery: Sendable {
    let authority: Authority
    let posting: Posting

    /// How long posts may take that the scheduler had in hand already, by the machine's clock.
    private static let patience = Duration.seconds(10)

    /// Sends what is due. When it returns, nothing of it is on its way any more.
    /// - Parameter moved: When the clock had been moved.
    /// - Returns: How many posts went out since. Those that were refused, and reminders, are none.
    func sendDue(since moved: Date) async throws -> Int {
        await posting.scheduler.runDue()
        var sent = 0
        var after: String?
        repeat {
            let organizations = try await authority.organizations.list(SliceRequest(limit: 200, after: after))
            for organization in organizations.elements.compactMap({ OrganizationReference($0.id.text) }) {
                try await settle(organization)
                sent += try await count(organization, since: moved)
            }
            after = organizations.next
        } while after != nil
        return sent
    }

    /// The server's own scheduler runs beside, and may have been faster with some.
    private func settle(_ organization: OrganizationReference) async throws {
        var onTheirWay = PostQuery(organization: organization)
        onTheirWay.statuses = [.sending]
        let patienceEnds = ContinuousClock.now + Self.patience
        while ContinuousClock.now < patienceEnds,
            try await !posting.posts.list(onTheirWay, PageRequest(limit: 1)).entries.isEmpty
        {
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func count(_ organization: OrganizationReference, since moved: Date) async throws -> Int {
        // What is stored is cut to milliseconds.
        let start = moved.addingTimeInterval(-0.001)
        var count = 0
        var after: String?
        repeat {
            let page = try await posting.outbox.list(of: organization, page: PageRequest(limit: 100, after: after))
            let new = page.elements.prefix { $0.sentAt > start }
            count += new.count
            after = page.hasNext && new.count == page.entries.count ? page.entries.last?.cursor : nil
        } while after != nil
        return count
    }
}
