import SluiceAuthority
import SluicePosting

/// What may be done with a channel. Raw values are the wire's; those that nothing here does are left out.
enum ChannelAction: String, CaseIterable {
    case managePostingSchedule, manageUpdates, readUpdates, reconnectChannel, removeChannel, viewChannel, viewInsights,
        viewPublish,
        viewUpdates
}

extension Viewer {
    /// What the caller may do with a channel as it is.
    func actions(on channel: Channel) -> [ChannelAction] {
        ChannelAction.allCases.filter { action in
            switch action {
            case .viewChannel, .viewInsights, .viewPublish, .viewUpdates, .readUpdates: true
            case .manageUpdates: !channel.isLocked
            case .managePostingSchedule, .removeChannel: role.canManageChannels
            case .reconnectChannel: role.canManageChannels && channel.isDisconnected
            }
        }
    }
}
