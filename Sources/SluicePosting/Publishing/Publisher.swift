public import Foundation

/// Names a publisher in channels and settings: `outbox`, later `webhook`, `mastodon`, `bluesky`.
public struct PublisherName: Sendable, Hashable, Codable {
    /// Lowercase letters and digits; 1 to 32.
    public let text: String

    /// A name; `nil` for anything but 1 to 32 lowercase letters and digits.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard (1...32).contains(bytes.count),
            bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
        else { return nil }
        self.text = String(text)
    }

    private init(known: String) { text = known }

    /// Records what would have gone out.
    public static let outbox = PublisherName(known: "outbox")
}

/// Sends posts to a network. One is registered for each ``PublisherName``; a channel names the one that sends its posts.
///
/// A claim may be handed over more than once: after a crash between sending and writing that down, or when sending took longer
/// than its lease. A publisher makes that harmless where its network lets it, by ``Claim/key``, which all attempts on a post
/// share:
///
/// - A **webhook** sends the key in an `Idempotency-Key` header, and signs the body, so that its receiver can drop a repeat and a
///   forgery. A status of 2xx is `sent`; 408, 425, 429 and 5xx are faults that pass (`Retry-After` makes a `retry`); any other
///   is a refusal.
/// - **Mastodon** takes the key in the `Idempotency-Key` header of `POST /api/v1/statuses` and answers a repeat within the hour
///   with the first status; all attempts but a person's own retry end within that hour. Each post of a thread needs a key of its
///   own: the key and its position. Media are uploaded first, and the uploads of an attempt that failed are left to expire.
/// - **Bluesky** has no such header: the record key (`rkey`) of `com.atproto.repo.putRecord` is made from the key instead, so a
///   repeat writes the same record. It must be a TID, so it is made from the post's creation and the key's last digits.
///
/// A publisher that fetches media does so within bounds of size, time and address: the URLs are a user's, and must not reach into
/// the network that the server stands in.
public protocol Publisher: Sendable {
    /// Sends the post of a claim, or reminds a person if its ``Post/schedulingType`` says so.
    ///
    /// Throwing is for faults that pass: the post is tried again after 10 seconds, a minute, 5 and 15 minutes, until it was tried
    /// ``Scheduler/attemptLimit`` times. What is thrown reaches the log, and people as ``PublishingError/rawError``: it holds no
    /// credentials. The task is cancelled after ``Scheduler/publishingTimeout`` and has to end then; that counts as a fault.
    func publish(_ claim: Claim) async throws -> PublishingResult
}

/// A post that was taken out of the queue to be sent, by one attempt alone.
public struct Claim: Sendable, Equatable {
    /// The post, `sending`.
    public let post: Post
    /// Where it goes.
    public let channel: Channel
    /// Which attempt this is, from 1.
    public let attempt: Int

    /// A claim.
    public init(post: Post, channel: Channel, attempt: Int) {
        self.post = post
        self.channel = channel
        self.attempt = attempt
    }

    /// The same for every attempt on one post: networks that take an idempotency key get this.
    public var key: String { post.id.text }
}

/// What became of an attempt.
public enum PublishingResult: Sendable, Equatable {
    /// It is out.
    case sent(externalLink: String?, metrics: [PostMetric])
    /// Its network refused it for good.
    case refused(PublishingError)
    /// It did not work this time.
    case retry(at: Date)
    /// A person was reminded (`SchedulingType.notification`): the post is `sent`, its notification `notified`, until the person
    /// says that it was published (``Posts/markPublished(_:)``).
    case notified
}
