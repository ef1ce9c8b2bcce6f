/// What a service asks of a post that is to go out. Complaints are sentences without the closing point, always in one order.
protocol ServiceRule: Sendable {
    var service: Service { get }
    /// How it counts.
    var textCount: TextCount { get }
    /// How much a text may count on a channel.
    func textLimit(on channel: Channel) -> Int
    /// How many hashtags a text may have; `nil` if nobody counts.
    var hashtagLimit: Int? { get }
    /// Which assets go with a post that says this to its service.
    func assets(with metadata: PostMetadata?) -> AssetRule
    /// Whether a text alone makes a post, so that a post without assets needs one.
    var takesTextAlone: Bool { get }
    /// How long the words for those who cannot see a picture may be, in characters.
    var altTextLimit: Int { get }
    /// How many posts a day the network takes from one account; `nil` if it does not say.
    var dailyLimit: Int? { get }
    /// What else counts to the length of the text.
    func wordsBeside(_ metadata: PostMetadata?) -> String
    /// What is wrong with, or missing from, what the post says to this service alone.
    func metadataComplaints(_ metadata: PostMetadata?) -> [String]
}

extension ServiceRule {
    var textCount: TextCount { .characters }
    var hashtagLimit: Int? { nil }
    var takesTextAlone: Bool { true }
    var altTextLimit: Int { 1_000 }
    var dailyLimit: Int? { nil }
    func wordsBeside(_ metadata: PostMetadata?) -> String { "" }
    func metadataComplaints(_ metadata: PostMetadata?) -> [String] { [] }

    /// `Instagram posts`.
    var subject: String { "\(service.name) posts" }

    /// Everything that is wrong with a post that is to go out.
    func complaints(about content: PostContent, on channel: Channel) -> [String] {
        let assets = assets(with: content.metadata)
        var complaints: [String] = []
        if content.hasNoWords, content.assets.isEmpty, takesTextAlone, !content.hasOtherSubstance {
            complaints.append("Text is required")
        }
        complaints += wordsComplaints(content.text + wordsBeside(content.metadata), on: channel)
        complaints += assets.complaints(about: content.assets, subject: subject) + altTextComplaints(content.assets)
        complaints += metadataComplaints(content.metadata)
        for (index, item) in (content.metadata?.thread ?? []).enumerated() {
            // The first repeats the post, which was looked at, unless it brings assets of its own.
            if index == 0, item.assets.isEmpty || item.assets == content.assets { continue }
            complaints += itemComplaints(item, on: channel).map { "Thread item \(index + 1): \($0)" }
        }
        return complaints
    }

    private func itemComplaints(_ item: PostMetadata.ThreadedPost, on channel: Channel) -> [String] {
        let content = PostContent(text: item.text, assets: item.assets)
        let isEmpty = content.hasNoWords && item.assets.isEmpty && item.linkAttachment == nil
        return (isEmpty ? ["Text is required"] : []) + wordsComplaints(item.text, on: channel)
            + assets(with: nil).complaints(about: item.assets, subject: subject) + altTextComplaints(item.assets)
    }

    private func wordsComplaints(_ text: String, on channel: Channel) -> [String] {
        var complaints: [String] = []
        let limit = textLimit(on: channel)
        // No way of counting gives more than the bytes, so short texts need no counting.
        if text.utf8.count > limit || textCount == .weighted || textCount == .mastodon {
            let count = textCount.count(text)
            if count > limit { complaints.append("\(subject) may have at most \(limit) characters, and this text has \(count)") }
        }
        if let hashtagLimit {
            let count = Hashtags.count(in: text)
            if count > hashtagLimit { complaints.append("\(subject) may have at most \(hashtagLimit) hashtags") }
        }
        return complaints
    }

    private func altTextComplaints(_ assets: [Asset]) -> [String] {
        let isLong = assets.contains { asset in
            if case .image(let image) = asset { image.altText.count > altTextLimit } else { false }
        }
        return isLong ? ["The alt text of an image on \(service.name) may have at most \(altTextLimit) characters"] : []
    }
}

extension PostContent {
    /// Whether a post without text and assets still shows something: a card, or a post that is quoted.
    fileprivate var hasOtherSubstance: Bool {
        if metadata?.linkAttachment != nil { return true }
        if case .twitter(let twitter) = metadata { return twitter.retweet != nil }
        return false
    }
}
