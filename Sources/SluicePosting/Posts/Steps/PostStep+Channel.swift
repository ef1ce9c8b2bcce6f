extension PostStep {
    /// Changes the channel, and gives its queue other times where the change asks for it.
    /// - Parameter edit: Changes the channel and says whether the queue needs other times for it.
    func change(of organization: OrganizationReference, _ edit: (inout Channel) throws -> Bool) throws -> Channel {
        guard channel.organization == organization else { throw PostingError.notFound("Channel") }
        let wasHeld = channel.isHeld
        var changed = channel
        let needsTimes = try edit(&changed)
        changed.updatedAt = now
        try ledger.update(changed)
        var step = self
        step.channel = changed
        let missed = try wasHeld && !changed.isHeld && hasOverdue()
        if missed, changed.schedule.isEmpty {
            throw PostingError.conflict(
                "Posts of the queue missed their time, and the posting schedule has no times to give them: add some first")
        }
        if missed || needsTimes { try step.slotAgain(missed: missed) }
        return changed
    }
}
