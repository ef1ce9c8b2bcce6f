public import Foundation

/// What somebody wants to post: `createPost`, before any rule was asked.
public struct PostDraft: Sendable, Equatable {
    /// Where to.
    public var channelID: ChannelID
    /// Who writes; `nil` for nobody in particular.
    public var author: AccountReference?
    /// Its words.
    public var text: String
    /// What goes with it.
    public var assets: [Asset] = []
    /// What it says to its service alone.
    public var metadata: PostMetadata?
    /// When.
    public var mode: ShareMode
    /// The moment, which `customScheduled` needs.
    public var dueAt: Date?
    /// Who sends it.
    public var schedulingType: SchedulingType
    /// Its tags.
    public var tagIDs: [TagID] = []
    /// The idea it comes from.
    public var ideaID: IdeaID?
    /// Whether it is not to go out yet.
    public var isDraft = false
    /// Whether somebody has to approve it first.
    public var needsApproval = false
    /// Whether a machine helped.
    public var isAIAssisted = false
    /// Where it is made.
    public var via = PostVia.api

    /// A draft of words for a channel.
    public init(
        channelID: ChannelID, author: AccountReference?, text: String, mode: ShareMode = .addToQueue,
        schedulingType: SchedulingType = .automatic
    ) {
        self.channelID = channelID
        self.author = author
        self.text = text
        self.mode = mode
        self.schedulingType = schedulingType
    }
}

/// What somebody wants to change about a post: `editPost`. What is `nil` stays as it is.
public struct PostEdit: Sendable, Equatable {
    /// New words.
    public var text: String?
    /// Other assets, instead of all there were.
    public var assets: [Asset]?
    /// Other words for its service.
    public var metadata: PostMetadata?
    /// Another time.
    public var mode: ShareMode?
    /// The moment, which `customScheduled` needs.
    public var dueAt: Date?
    /// Who sends it.
    public var schedulingType: SchedulingType?
    /// Other tags, instead of all there were.
    public var tagIDs: [TagID]?
    /// The idea it comes from.
    public var ideaID: IdeaID?
    /// `true` makes it a draft, `false` schedules a draft.
    public var isDraft: Bool?
    /// Asks for approval, or takes the request back.
    public var approvalChange: ApprovalChange?
    /// Whether a machine helped.
    public var isAIAssisted: Bool?

    /// No change.
    public init() {}
}
