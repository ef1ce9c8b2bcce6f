import Foundation
import SluiceGraphQL

/// Sends documents and bodies, whole and spoiled, through the engine with its own limits. What it must never do: crash, hang,
/// grow without end, or answer with something that is no JSON.
struct Fuzzing {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// No case takes a tenth of it; a machine that does other things as well may be slow once.
    private static let longest = Duration.seconds(5)
    /// Several times what a hundred thousand cases need.
    private static let mostMegabytes = 256
    private static let groupSize: UInt64 = 8

    private let seed: UInt64
    private let count: UInt64
    private let start: UInt64
    private let engines: [GraphQLEngine<Void>]

    init(sdl: String, seed: UInt64, count: UInt64, start: UInt64) throws {
        self.seed = seed
        self.count = count
        self.start = start
        engines = try TestedEngine.Style.allCases.map { try TestedEngine(sdl: sdl, style: $0, limits: GraphQLLimits()).engine }
    }

    func run() async throws {
        let shape = await Shape(engines[0])
        let begun = ContinuousClock.now
        var written: (group: UInt64, text: String, variables: [String]) = (.max, "", [])
        var previous: [UInt8] = []
        var outcomes: [String: Int] = [:]
        var slowest = (time: Duration.zero, number: start)
        for number in start..<(start + count) {
            // One document is written, then spoiled in several ways: writing costs more than answering does.
            let group = number / Self.groupSize
            if group != written.group {
                previous = Array((written.group == .max ? write(group &- 1, shape).text : written.text).utf8)
                let (text, variables) = write(group, shape)
                written = (group, text, variables)
            }
            var random = SeededGenerator(seed: seed ^ 0x5111_CE5E, case: number)
            let body = Self.body(
                written.text, written.variables, previous, isWhole: number % Self.groupSize == 0, &random)
            let engine = engines[random.pick([0, 0, 0, 0, 0, 0, 0, 0, 1, 2])]
            let root = Self.value(random.below(4), &random)
            let from = ContinuousClock.now
            let response = await answer(body, from: engine, root: root)
            let time = ContinuousClock.now - from
            if time > slowest.time { slowest = (time, number) }
            outcomes[
                response.requestError.map { "\($0)" } ?? (response.errors.isEmpty ? "answered" : "answered with errors"),
                default: 0] += 1
            guard time < Self.longest else { throw failure(number, "took \(time)", body) }
            guard Self.peakInMegabytes < Self.mostMegabytes else {
                throw failure(number, "brought the peak to \(Self.peakInMegabytes) MB", body)
            }
            guard (try? JSONParser(depthLimit: 1_000, limitInBytes: .max).parse(response.body)) != nil else {
                throw failure(number, "was answered with no JSON", body)
            }
            if number % 1_000_000 == 999_999 {
                FileHandle.standardError.write(
                    Data(
                        "\(number + 1): slowest \(slowest.time) (case \(slowest.number)), peak \(Self.peakInMegabytes) MB\n".utf8)
                )
            }
        }
        let parts = outcomes.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        print(
            "\(count) cases of seed \(seed) in \(ContinuousClock.now - begun): \(parts); slowest \(slowest.time) (case \(slowest.number)), peak \(Self.peakInMegabytes) MB"
        )
    }

    private func write(_ group: UInt64, _ shape: Shape) -> (text: String, variables: [String]) {
        var writer = DocumentWriter(shape: shape, random: SeededGenerator(seed: seed, case: group))
        return writer.document()
    }

    /// Half as bodies, half as requests with data behind them.
    private func answer(_ body: [UInt8], from engine: GraphQLEngine<Void>, root: JSONValue) async -> GraphQLResponse {
        guard let request = try? GraphQLRequest(json: body) else { return await engine.execute(json: body, context: ()) }
        return await engine.execute(request, context: (), root: root)
    }

    private static func body(
        _ document: String, _ variables: [String], _ previous: [UInt8], isWhole: Bool, _ random: inout SeededGenerator
    ) -> [UInt8] {
        var text = document
        if !isWhole, random.chance(85) {
            text = String(decoding: Mutator.spoil(Array(text.utf8), with: previous, &random), as: UTF8.self)
        }
        var request: JSONObject = ["query": .string(text)]
        if random.chance(70) {
            request["variables"] = .object(JSONObject(variables.map { ($0, value(3, &random)) } + [("s", true)]))
        }
        if random.chance(70) { request["operationName"] = .string("Q\(random.below(3))") }
        var writer = JSONWriter()
        writer.write(.object(request))
        return random.chance(15) ? Mutator.spoil(writer.bytes, with: previous, &random) : writer.bytes
    }

    /// Any value: as data it fits here and there, since every object has members of the commonest names.
    private static func value(_ depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch random.below(depth > 0 ? 12 : 6) {
        case 0: return .null
        case 1: return .bool(random.chance(50))
        case 2: return .int(random.pick([0, 1, -1, 42, 1 << 31, .max, .min]))
        case 3: return .double(random.pick([0.5, 1e300, -1e-300, 3]))
        case 4, 5: return .string(random.pick(["", "a", "HAPPY", "é😀", "12", "x y"]))
        case 6, 7: return .array((0..<random.below(4)).map { _ in value(depth - 1, &random) })
        default:
            var object: JSONObject = ["__typename": .string(random.pick(["Person", "Dog", "Cat", "Rock", "Nobody"]))]
            for _ in 0..<6 {
                object[
                    random.pick([
                        "id", "name", "a", "b", "people", "thing", "pet", "node", "must", "strict", "owner", "age", "g", "c",
                        "rock", "grid", "!",
                    ])] =
                    value(depth - 1, &random)
            }
            return .object(object)
        }
    }

    private func failure(_ number: UInt64, _ what: String, _ body: [UInt8]) -> Failure {
        Failure(description: "case \(number) of seed \(seed) \(what): \(String(decoding: body.prefix(4_000), as: UTF8.self))")
    }

    private static var peakInMegabytes: Int {
        var usage = rusage()
        #if canImport(Darwin)
            getrusage(RUSAGE_SELF, &usage)
            return Int(usage.ru_maxrss) >> 20
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return Int(usage.ru_maxrss) >> 10
        #endif
    }
}
