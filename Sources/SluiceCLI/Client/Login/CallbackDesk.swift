import SluiceClient

/// Receives what comes to the callback's address, and lets one answer through.
actor CallbackDesk {
    /// What the answer led to.
    typealias Result = Swift.Result<TokenSet, SignInProblem>

    private let host: String
    private let redirectURI: String
    private let use: @Sendable (_ callback: String) async -> Result
    private var running: Task<Result, Never>?
    private var last: Result?

    /// - Parameters:
    ///   - port: Where it listens.
    ///   - use: Checks an answer and makes tokens of it. It is called for one answer at a time: a code that were exchanged twice at once
    ///     would cost the grant.
    init(port: Int, use: @escaping @Sendable (_ callback: String) async -> Result) {
        host = "127.0.0.1:\(port)"
        redirectURI = "http://127.0.0.1:\(port)/callback"
        self.use = use
    }

    /// Answers one request.
    func answer(_ request: LoopbackListener.Request) async -> LoopbackListener.Reply {
        let path = request.target.prefix { $0 != "?" }
        // Another host means that a page elsewhere had its name point to this machine.
        guard path == "/callback", request.host == host else { return .init(page: .notFound, isLast: false) }
        guard request.method == "GET" else { return .init(page: .wrongMethod, isLast: false) }
        let query = request.target.dropFirst(path.count)
        guard query.count > 1 else { return .init(page: .empty, isLast: false) }
        let result = await result(of: redirectURI + query)
        return switch result {
        case .success: .init(page: .signedIn, isLast: true)
        case .failure(let problem): .init(page: problem.page, isLast: problem.isFinal)
        }
    }

    /// What came of it, once whatever is under way is done; `nil` if no answer came.
    func outcome() async -> Result? {
        if let running { _ = await running.value }
        return last
    }

    private func result(of callback: String) async -> Result {
        while let running { _ = await running.value }
        // The same answer again, from a browser that loads twice: it is told the same.
        if let last { return last }
        // A task of its own: the person may close the page, or the time may be up, while the code is exchanged already. It takes
        // itself off before it ends: whoever waits for it finds it gone, and does not wait for it again without end.
        let task = Task {
            let result = await use(callback)
            running = nil
            switch result {
            case .success: last = result
            case .failure(let problem): if problem.isFinal { last = result }
            }
            return result
        }
        running = task
        return await task.value
    }
}

/// Why an answer brought no sign-in.
enum SignInProblem: Error, Sendable {
    /// The SDK did not take it.
    case authorization(AuthorizationError)
    /// The tokens are there, but could not be stored.
    case storing(TokenError)

    /// Whether waiting for another answer makes no sense: this one was the server's.
    var isFinal: Bool {
        switch self {
        case .authorization(.notACallback), .authorization(.forgedState): false
        case .authorization, .storing: true
        }
    }

    /// What the browser shows.
    var page: CallbackPage {
        switch self {
        case .authorization(.notACallback): .empty
        case .authorization(.forgedState): .forged
        case .authorization(.denied): .denied
        case .authorization, .storing: .failed
        }
    }
}
