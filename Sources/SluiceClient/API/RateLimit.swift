import RawStructuredFieldValues

/// One of the windows that the API counts this credential's requests in, as the last answer told it.
/// - Source: Buffer's page, "API limits"; the fields `RateLimit` and `RateLimit-Policy` of the IETF's draft.
public struct RateLimit: Sendable, Hashable {
    /// The policy's name: `100-in-15min`, for example.
    public let name: String
    /// How many requests the window allows; `nil` if the server does not say.
    public let quota: Int?
    /// How long the window is; `nil` if the server does not say.
    public let window: Duration?
    /// How many requests are left.
    public let remaining: Int
    /// When the window opens again, counted from the answer; `nil` if the server does not say.
    public let resetsAfter: Duration?

    /// The limits that an answer tells, in its order. Several fields and one comma-joined field are the same; a field that cannot be
    /// read counts for nothing.
    static func all(in answer: TransportResponse) -> [RateLimit] {
        let policies = items(answer.values(of: "RateLimit-Policy"))
        return items(answer.values(of: "RateLimit")).compactMap { item in
            guard let remaining = item.numbers["r"], remaining >= 0 else { return nil }
            let policy = policies.first { $0.name == item.name }?.numbers ?? [:]
            return RateLimit(
                name: item.name, quota: policy["q"], window: policy["w"].map { .seconds($0) }, remaining: remaining,
                resetsAfter: item.numbers["t"].map { .seconds($0) })
        }
    }

    private struct Item {
        var name: String
        var numbers: [String: Int]
    }

    /// The named items of a structured list with their whole-number parameters.
    /// - Source: RFC 9651 §3.1.
    private static func items(_ fields: [String]) -> [Item] {
        var parser = StructuredFieldValueParser(Array(fields.joined(separator: ", ").utf8))
        guard let list = try? parser.parseListFieldValue() else { return [] }
        return list.compactMap { member in
            guard case .item(let item) = member else { return nil }
            let name: String
            switch item.rfc9651BareItem {
            case .string(let text), .token(let text): name = text
            default: return nil
            }
            var numbers: [String: Int] = [:]
            for (key, value) in item.rfc9651Parameters {
                if case .integer(let number) = value { numbers[key] = Int(number) }
            }
            return Item(name: name, numbers: numbers)
        }
    }
}
