/// The form that adds a channel.
struct ChannelNewPage: Page {
    static let template = "channel_new"
    static let tab: PageTab? = .channels

    /// A network to choose.
    struct Service: Sendable {
        /// As forms name it.
        var value: String
        /// As people write it.
        var name: String
        var isChosen: Bool
    }

    /// A kind of account to choose.
    struct Kind: Sendable {
        var value: String
        var word: String
        var isChosen: Bool
    }

    var place: ChannelPlace
    /// Names this form, so that sending it twice makes one channel.
    var formID: String
    var services: [Service]
    var kinds: [Kind]
    var fields = ChannelFields()
    /// Fields: `service`, `type`, and those of ``ChannelFields``.
    var errors: FormErrors = []

    var title: String { "Add a channel" }
    var formErrors: [FormErrors] { [errors] }
    var derived: [String: Any] { ["organizationID": place.organizationID] }
}
