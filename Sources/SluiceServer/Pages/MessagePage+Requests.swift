/// Pages about authorization requests that cannot go on.
extension MessagePage {
    /// The decision was made before: a second click, the back button, a reload.
    static func alreadyDecided(clientName: String, requestID: String? = nil) -> MessagePage {
        MessagePage(
            status: 409, heading: "You have already decided",
            happened: "This request of \(clientName) was answered once, and a request is answered only once.",
            kept: "Your first answer stands. Nothing was added to it.",
            next: "Go back to the app. If it still waits, start again there. What you allowed is under API access.",
            requestID: requestID, actions: [Action(text: "Go to API access", path: "/settings/api")])
    }

    /// The request waited too long, or is not known here.
    static func expiredRequest(clientName: String? = nil, requestID: String? = nil) -> MessagePage {
        MessagePage(
            status: 410, heading: "This request has expired",
            happened:
                "\(clientName.map { "\($0) asked" } ?? "An app asked") for access, and the question waited too long.",
            kept: "Nothing was allowed and nothing was stored.",
            next: "Start again at your app: it will ask anew.", requestID: requestID)
    }

    /// `client_id` names no client. Never a redirect: there is nowhere safe to send the browser.
    /// - Source: RFC 6749 §4.1.2.1.
    static func unknownClient(requestID: String?) -> MessagePage {
        MessagePage(
            status: 400, heading: "This app is not known here",
            happened:
                "The link that brought you here names an app that is not registered on this server (invalid_client).",
            kept: "You were not sent on, and nothing was shared with anyone.",
            next:
                "Go back to the app and try again. If you make the app, compare its client_id with Settings, API access.",
            requestID: requestID)
    }

    /// `redirect_uri` is missing or not registered. Never a redirect.
    /// - Source: RFC 6749 §4.1.2.1.
    static func unregisteredRedirectURI(requestID: String?) -> MessagePage {
        MessagePage(
            status: 400, heading: "The way back does not match",
            happened: "The app asked to send you to an address that it has not registered (redirect_uri).",
            kept: "You were not sent there, and nothing was shared with anyone.",
            next:
                "Tell the makers of the app. If that is you: the redirect URI must equal a registered one, byte for byte.",
            requestID: requestID)
    }

    /// The authorization request is malformed in a way that leaves no safe way back.
    static func badRequest(requestID: String?) -> MessagePage {
        MessagePage(
            status: 400, heading: "This request makes no sense",
            happened: "Something in it is missing, sent twice or not written as it should be (invalid_request).",
            kept: "Nothing was changed.",
            next: "Go back and try again. If an app sent you here, tell its makers.", requestID: requestID)
    }
}
