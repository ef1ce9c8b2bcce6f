import Foundation
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// `/sandbox/clock`: what time it is, and moving it.
struct SandboxClockEndpoint: Sendable {
    let clock: SandboxClock
    let authority: Authority
    let posting: Posting

    func get(_: Request, _: SluiceContext) -> Response { Answer.json(Self.json(clock)) }

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        var body = try await SandboxBody(request, context)
        let span = try body.seconds("advance", in: 0...Int(SandboxClock.limit))
        let moment = try body.text("to")
        try body.finish()
        do {
            switch (span, moment) {
            case (let span?, nil): try clock.advance(by: TimeInterval(span))
            case (nil, let moment?):
                guard let date = Timestamp.parse(moment) else {
                    throw body.wrong("to", "must be a moment, such as 2027-01-31T12:00:00Z")
                }
                try clock.move(to: date)
            case (nil, nil), (.some, .some):
                throw SandboxBody.refusal(
                    #"Say how to move the clock, by one of {"advance":"61m"} and {"to":"2027-01-31T12:00:00Z"}."#)
            }
        } catch SandboxClock.Problem.backwards {
            throw SandboxBody.refusal(
                "The clock never goes back: it is \(Timestamp.text(clock.now)) in this sandbox. Start another sandbox, which "
                    + "begins at the present.")
        } catch SandboxClock.Problem.tooFar {
            throw SandboxBody.refusal("The clock cannot be moved further than 100 years ahead of the machine's.")
        }
        let moved = clock.now
        // What would have happened meanwhile, before anybody is answered in the new time.
        try await authority.catchUp()
        await authority.maintain()
        try await authority.catchUp()
        let sent = try await SandboxDelivery(authority: authority, posting: posting).sendDue(since: moved)
        return Answer.json(Self.json(clock, sent: sent))
    }

    /// The time, as every answer of the sandbox tells it.
    /// - Parameter sent: How many posts went out because it came.
    static func json(_ clock: SandboxClock, sent: Int? = nil) -> String {
        var json = JSONText()
        json.add("now", Timestamp.text(clock.now))
        json.add("ahead_seconds", Int64(clock.offset.rounded()))
        if let sent { json.add("posts_sent", Int64(sent)) }
        return json.text
    }
}
