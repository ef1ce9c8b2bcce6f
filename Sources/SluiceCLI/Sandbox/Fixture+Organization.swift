import Foundation
import SluiceAuthority
import SluicePosting

extension Fixture {
    /// An organization and what it posts.
    struct Organization: Sendable {
        let name: DisplayName
        var members: [Member] = []
        var channels: [Channel] = []
        var tags: [Tag] = []
        var ideaGroups: [IdeaGroup] = []
        var ideas: [Idea] = []
        var templates: [Template] = []
        var posts: [Post] = []
        let place: FixturePlace
    }

    /// Somebody who belongs to it beside its owner.
    struct Member: Sendable {
        let email: EmailAddress
        let role: Membership.Role
        let place: FixturePlace
    }

    /// A channel.
    struct Channel: Sendable {
        let draft: ChannelDraft
        let isQueuePaused: Bool
        let isLocked: Bool
        let isDisconnected: Bool
        let place: FixturePlace

        /// How posts name it: by the name alone, with the service before it, or by the id.
        var references: [String] {
            [draft.name, "\(draft.service.rawValue)/\(draft.name)"] + (draft.id.map { [$0.text] } ?? [])
        }
    }

    /// A tag.
    struct Tag: Sendable {
        let name: String
        let color: TagColor
        let place: FixturePlace
    }

    /// A group of ideas.
    struct IdeaGroup: Sendable {
        let name: String
        let place: FixturePlace
    }

    /// An idea.
    struct Idea: Sendable {
        let title: String?
        let text: String?
        /// The name of its group.
        let group: String?
        /// The names of its tags.
        let tags: [String]
        let services: [Service]
        let place: FixturePlace
    }

    /// A template for posts.
    struct Template: Sendable {
        let title: String
        let body: String
        let description: String
        let emoji: String
        let visibility: TemplateVisibility
        let place: FixturePlace
    }

    /// A post.
    struct Post: Sendable {
        /// What becomes of it at the start.
        enum Status: String, CaseIterable, Sendable {
            case scheduled, draft
            case needsApproval = "needs_approval"
            case sent, error
        }

        /// Which of the organization's channels it is for.
        let channel: Int
        let text: String
        let mode: ShareMode
        let due: Due?
        let status: Status
        /// The names of its tags.
        let tags: [String]
        /// Addresses of pictures.
        let images: [String]
        /// What kind of post it is, where its service has several.
        let type: PostType?
        /// What its network counted; only for one that is sent.
        let metrics: [PostMetric]
        let place: FixturePlace

        /// Whether it went out, or was refused, before the sandbox is ready.
        var isOut: Bool { status == .sent || status == .error }
    }

    /// When a post is due: a moment, or so long after the start.
    enum Due: Sendable, Equatable {
        case at(Date)
        case after(seconds: Int)

        /// `+2h`, or `2031-01-31T12:00:00Z`.
        init?(_ text: String) {
            if text.hasPrefix("+") {
                guard let seconds = TypedSpan.seconds(String(text.dropFirst())) else { return nil }
                self = .after(seconds: seconds)
            } else {
                guard let moment = Timestamp.parse(text) else { return nil }
                self = .at(moment)
            }
        }

        /// The moment, for a sandbox that starts now.
        func date(from now: Date) -> Date {
            switch self {
            case .at(let moment): moment
            case .after(let seconds): now.addingTimeInterval(TimeInterval(seconds))
            }
        }
    }
}
