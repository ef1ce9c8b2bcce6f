import Foundation
import HTTPTypes
import Hummingbird
import RawStructuredFieldValues
import SluiceAuthority

/// What answers say of the rate limits: three `RateLimit` and three `RateLimit-Policy` fields, and, if the request is one too many, 429.
/// - Source: Buffer's page, "API limits"; RateLimit header fields for HTTP, IETF draft; RFC 9651.
struct RateLimitFields: Sendable {
    /// What does not change from answer to answer, for each policy: `"100-in-15min"` and `"100-in-15min";q=100;w=900`. Writing whole fields
    /// with the library each time took 6 µs, several times what counting the request does.
    private let names: [String]
    private let policies: [String]

    /// - Throws: If a policy cannot be written, which none is.
    init(_ quotas: RateQuotas?) throws {
        var serializer = StructuredFieldValueSerializer()
        func written(_ policy: RatePolicy, _ parameters: OrderedMap<String, RFC9651BareItem>) throws -> String {
            let item = Item(bareItem: RFC9651BareItem.string(policy.name), parameters: parameters)
            return String(decoding: try serializer.writeItemFieldValue(item), as: UTF8.self)
        }
        let policies = quotas?.policies ?? []
        names = try policies.map { try written($0, [:]) }
        self.policies = try policies.map {
            try written($0, ["q": .integer(Int64($0.quota)), "w": .integer(Int64($0.window.seconds))])
        }
    }

    /// Where the client stands: `RateLimit: "100-in-15min";r=98;t=897` and `RateLimit-Policy: "100-in-15min";q=100;w=900;pk=:…:`, for
    /// each limited window a line of its own, as Buffer has them.
    func fields(_ verdict: RateVerdict) -> [HTTPField] {
        let key = Data(verdict.bucket.partitionKey).base64EncodedString()
        // RFC 9651 §3.1.2, §4.1.4, §4.1.8: numbers as they are, a byte sequence as base64 between colons.
        let limits = zip(names, verdict.standings).map { name, standing in
            HTTPField(name: .rateLimit, value: "\(name);r=\(standing.remaining);t=\(standing.resetsAfter)")
        }
        return limits + policies.map { HTTPField(name: .rateLimitPolicy, value: "\($0);pk=:\(key):") }
    }

    /// The answer to a request that is one too many, in Buffer's words. `limitType` and `retryAfter` are of an earlier edition of its page, and
    /// clients of that time read them.
    static func refusal(
        _ window: RateWindow, retryAfter: Int, type: GraphQLMediaType = .json, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.retryAfter] = String(retryAfter)
        return Answer.graphQL(
            """
            {"errors":[{"message":"Too many requests from this client. Please try again later.","extensions":\
            {"code":"RATE_LIMIT_EXCEEDED","window":"\(window.rawValue)","limitType":"CLIENT_ACCOUNT","retryAfter":\(retryAfter)}}]}
            """, type: type, status: .tooManyRequests, headers: headers)
    }
}
