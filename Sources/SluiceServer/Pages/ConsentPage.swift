/// The question whether an app may act for the account.
struct ConsentPage: Page {
    static let template = "consent"
    static let frame = PageFrame.gate

    /// Where the browser goes after the decision.
    enum Destination: Sendable {
        /// A website, by its host.
        case website(String)
        /// A program on this device that listens on a loopback address.
        case device(String)
        /// A program on this device that opens a scheme of its own, named without the colon.
        case program(String)
    }

    /// What is known about the app's origin.
    enum Standing: Sendable {
        case verified
        /// Registered by an account here, checked by nobody.
        case unverified
        /// Registered itself over the network (RFC 7591).
        case dynamic
    }

    var clientName: String
    var website: WebLink?
    var destination: Destination
    /// In the order in which they are to be read.
    var scopes: [ScopeWords]
    var standing: Standing
    var accountName: String
    var accountEmail: String
    /// Names the waiting request; goes back with the decision.
    var ticket: String
    /// Where to go after signing out in order to use another account: the authorization request again.
    var switchAccountTo: String

    var title: String { "Allow \(clientName)?" }
    var derived: [String: Any] {
        let monogram = Monogram(clientName)
        return [
            "monogram": monogram.text,
            "tone": monogram.tone,
            "accountMonogram": Monogram(accountName).text,
            "isUnverified": standing == .unverified,
            "isDynamic": standing == .dynamic,
            "destination": destination.text,
            "destinationNote": destination.note as Any,
        ]
    }
}

extension ConsentPage.Destination {
    fileprivate var text: String {
        switch self {
        case .website(let host), .device(let host): host
        case .program(let scheme): "\(scheme):"
        }
    }

    fileprivate var note: String? {
        switch self {
        case .website: nil
        case .device: "a program on this device"
        case .program: "the program on this device that opens this address"
        }
    }
}
