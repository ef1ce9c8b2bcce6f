import Foundation
import SluiceAuthority

/// What `--expires` says.
enum Expiry: Sendable, Equatable {
    case never
    /// This long from now.
    case after(seconds: Int)
    case at(Date)

    /// `never`, a span such as `90d`, or a moment such as `2027-01-31` or `2027-01-31T12:00:00Z`.
    init?(_ text: String) {
        if text == "never" {
            self = .never
        } else if text.last?.isLetter == true, let seconds = TimeSpan.seconds(text),
            (1...100 * 366 * 86_400).contains(seconds)
        {
            // A unit is asked for: `--expires 2027` means the year to one person and seconds to another.
            self = .after(seconds: seconds)
        } else if let moment = Timestamp.parse(text) {
            self = .at(moment)
        } else {
            return nil
        }
    }

    /// The moment; `nil` for never.
    func date(from now: Date) -> Date? {
        switch self {
        case .never: nil
        case .after(let seconds): now.addingTimeInterval(TimeInterval(seconds))
        case .at(let moment): moment
        }
    }
}
