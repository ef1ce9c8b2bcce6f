/// Pages for requests that this server refuses or cannot answer.
extension MessagePage {
    /// 404, also for what belongs to somebody else: the answer must not tell the two apart.
    static func notFound(requestID: String?) -> MessagePage {
        MessagePage(
            status: 404, heading: "There is nothing here",
            happened: "The address is wrong, or what it led to is gone.",
            next: "Check the address, or start from API access.", requestID: requestID,
            actions: [Action(text: "Go to API access", path: "/settings/api")])
    }

    /// 405.
    static func methodNotAllowed(requestID: String?) -> MessagePage {
        MessagePage(
            status: 405, heading: "This address is used another way",
            happened: "It exists, but it does not answer this kind of request.",
            kept: "Nothing was changed.", next: "Start again from API access.", requestID: requestID,
            actions: [Action(text: "Go to API access", path: "/settings/api")])
    }

    /// 403: the form's CSRF token is missing, old or another session's.
    static func staleForm(requestID: String?) -> MessagePage {
        MessagePage(
            status: 403, heading: "This form is no longer valid",
            happened:
                "It was opened in another session, or before you signed in or out. It may also have come from another site.",
            kept: "Nothing was changed.", next: "Go back, reload the page and send the form again.",
            requestID: requestID,
            actions: [Action(text: "Go to API access", path: "/settings/api")])
    }

    /// 409: the same form was sent twice, and its secret is shown only once.
    /// - Parameters:
    ///   - what: "API key" or "client secret".
    ///   - path: Where the thing that was made can be managed.
    static func alreadyMade(what: String, path: String, requestID: String?) -> MessagePage {
        MessagePage(
            status: 409, heading: "This form was sent before",
            happened: "The \(what) was made the first time and shown on that answer. It cannot be shown again.",
            kept: "There is one new \(what), not two.",
            next: "If you did not copy it, make a new one in its settings and let the lost one stop.",
            requestID: requestID,
            actions: [Action(text: "Open its settings", path: path)])
    }

    /// 409: what it is about is not in a state in which this can be done, or a bound is reached.
    /// - Parameter why: A sentence of a rule.
    static func conflict(_ why: String, requestID: String?) -> MessagePage {
        MessagePage(
            status: 409, heading: "This cannot be done now", happened: why, kept: "Nothing was changed.",
            next: "Go back, reload the page and look how things stand.", requestID: requestID)
    }

    /// 429.
    static func tooManyRequests(retryAfterInSeconds seconds: Int, requestID: String?) -> MessagePage {
        let wait =
            seconds < 2 ? "a second" : seconds < 120 ? "\(seconds) seconds" : "\((seconds + 59) / 60) minutes"
        return MessagePage(
            status: 429, heading: "Slow down a little",
            happened: "There were too many attempts in a short time, so this one was not looked at.",
            kept: "Your account is not locked, and nothing was changed.",
            next: "Wait \(wait), then try again.", requestID: requestID)
    }

    /// 413.
    static func tooLarge(requestID: String?) -> MessagePage {
        MessagePage(
            status: 413, heading: "That is too much",
            happened: "The form holds more than this server takes in one piece.",
            kept: "Nothing was changed.", next: "Go back, shorten what you entered and send it again.",
            requestID: requestID)
    }

    /// 503: the disk is full, the database is away, or too much work is queued.
    static func unavailable(requestID: String?) -> MessagePage {
        MessagePage(
            status: 503, heading: "Not right now",
            happened: "The server cannot finish this at the moment.",
            kept: "Everything that was confirmed to you before is safe. This request changed nothing.",
            next: "Try again in a minute. If it goes on, tell the operator.", requestID: requestID)
    }

    /// 500.
    static func unexpected(requestID: String?) -> MessagePage {
        MessagePage(
            status: 500, heading: "Something broke on our side",
            happened: "The server met an error that it did not expect.",
            kept: "Whether this request took effect is uncertain. Everything confirmed to you before is safe.",
            next: "Look whether it took effect, then try again. The server’s log has the details under this request.",
            requestID: requestID)
    }

    /// The account was closed by its owner.
    static func accountClosed() -> MessagePage {
        MessagePage(
            status: 200, heading: "Your account is closed",
            happened: "Its sessions, API keys, apps and connections have stopped working.",
            next: "You may close this window.")
    }
}
