import Foundation
import SluicePosting

/// Writes posts down for the pages about a channel.
struct QueueWriter: Sendable {
    let member: MemberVisit
    /// The channel's clock.
    let zone: TimeZone
    let tags: [TagID: String]
    let authors: [AccountReference: String]

    @Sendable func line(_ post: Post) -> QueuePost {
        let rights = QueueRights(member, post)
        return QueuePost(
            id: post.id.text, due: post.dueAt.map { ChannelMoment($0, in: zone) }, text: QueuePost.excerpt(post.text),
            assets: post.assets.map(QueueAsset.init), how: post.how, author: post.author.flatMap { authors[$0] },
            tags: post.tagIDs.compactMap { tags[$0] }, isSending: post.status == .sending, reason: post.error?.message,
            rawReason: post.error?.rawError, help: post.error?.supportURL.flatMap(WebLink.init),
            canMove: rights.offer(.top), canDecide: rights.offer(.approve), canRetry: rights.offer(.retry),
            canMark: rights.offer(.publish), canDelete: rights.offer(.delete))
    }
}

extension QueueAsset {
    init(_ asset: Asset) {
        let kind =
            switch asset {
            case .image: "Picture"
            case .video: "Film"
            case .document: "Document"
            case .link: "Link"
            }
        self.init(kind: kind, url: asset.url)
    }
}

extension Post {
    /// How its time was chosen, and who sends it.
    fileprivate var how: String {
        let mode =
            switch shareMode {
            case .addToQueue: "From the queue"
            case .shareNext: "Next in the queue"
            case .shareNow: "At once"
            case .customScheduled: "At a time of its own"
            }
        return schedulingType == .notification ? mode + ", posted by a person" : mode
    }
}
