import SluiceGraphQL

/// Times how long documents take to parse and validate. Reads `{"name": …, "query": …}`, one in a line; answers each with
/// `{"name": …, "microseconds": …, "errors": …}`, the best of several rounds, in which the machine did least else.
struct Timing {
    private let engine: GraphQLEngine<Void>
    private let time: Duration

    init(sdl: String, seconds: UInt64) throws {
        var limits = GraphQLLimits()
        // Every round is the first.
        limits.cachedDocuments = 0
        engine = try TestedEngine(sdl: sdl, limits: limits).engine
        time = .seconds(Int(seconds))
    }

    func run() throws {
        while let line = readLine() {
            let document = try JSONParser().parse(line)
            guard let query = document["query"]?.string else { continue }
            var best = Duration.seconds(3_600)
            var errors = 0
            let begun = ContinuousClock.now
            repeat {
                let from = ContinuousClock.now
                errors = engine.findings(in: query).count
                best = min(best, ContinuousClock.now - from)
            } while ContinuousClock.now - begun < time
            let microseconds = Double(best.components.attoseconds) / 1e12 + Double(best.components.seconds) * 1e6
            let answer: JSONValue = [
                "name": document["name"] ?? .null, "microseconds": .double(microseconds), "errors": .int(errors),
            ]
            print(answer)
        }
    }
}
