import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SluiceOAuth
import SluicePosting

/// `POST /sandbox/posts/{post}/metrics`: says what the network counted for a post that is out.
struct SandboxMetricsEndpoint: Sendable {
    let posting: Posting

    /// The body names metrics: `{"reactions": 12, "engagementRate": 4.2}`. They take the place of all there were.
    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let body = try await request.jsonBody(context)
        guard let given = try? JSONDecoder().decode([String: Double].self, from: Data(body.readableBytesView)) else {
            throw SandboxBody.refusal(#"The body must be an object of numbers, such as {"reactions":12,"engagementRate":4.2}."#)
        }
        let metrics = try given.sorted { $0.key < $1.key }.map { name, value in
            guard let kind = PostMetric.Kind(rawValue: name) else {
                throw SandboxBody.refusal(
                    "There is a member that is no metric. It may hold: "
                        + "\(PostMetric.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            return PostMetric(kind, value)
        }
        guard let id = PostID(context.parameters.get("post") ?? "") else { throw PostingError.notFound("Post") }
        try await posting.posts.setMetrics(metrics, of: id)
        var json = JSONText()
        json.add("post_id", id.text)
        json.add("metrics", metrics.map(\.kind.rawValue))
        return Answer.json(json.text)
    }
}
