import SluicePosting

extension PostDraft {
    /// A `CreatePostInput` for a channel.
    ///
    /// `draftId` and `source` are taken and not kept: drafts are posts here, and the word in `source` is for Buffer's own statistics.
    init(_ input: InputObject, to channel: ChannelID) throws(PostingError) {
        self.init(
            channelID: channel, author: nil, text: input.text("text"), mode: input.value("mode") ?? .addToQueue,
            schedulingType: input.value("schedulingType") ?? .automatic)
        assets = try Asset.list(input) ?? []
        metadata = try input.object("metadata").flatMap(PostMetadata.init)
        dueAt = input.date("dueAt")
        tagIDs = try input.ids("tagIds", of: "Tag", atMost: PostingLimits.tagsPerPost) ?? []
        ideaID = try input.id("ideaId", of: "Idea")
        isDraft = input.bool("saveToDraft") ?? false
        needsApproval = input.bool("needsApproval") ?? false
        isAIAssisted = input.bool("aiAssisted") ?? false
    }
}

extension PostEdit {
    /// An `EditPostInput`. What is left out stays as it is.
    init(_ input: InputObject) throws(PostingError) {
        self.init()
        text = input.string("text")
        assets = try Asset.list(input)
        metadata = try input.object("metadata").flatMap(PostMetadata.init)
        mode = input.value("mode")
        dueAt = input.date("dueAt")
        schedulingType = input.value("schedulingType")
        tagIDs = try input.ids("tagIds", of: "Tag", atMost: PostingLimits.tagsPerPost)
        ideaID = try input.id("ideaId", of: "Idea")
        isDraft = input.bool("saveToDraft")
        approvalChange = input.value("approvalChange")
        isAIAssisted = input.bool("aiAssisted")
    }
}
