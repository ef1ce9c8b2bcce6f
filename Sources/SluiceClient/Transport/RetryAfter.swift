import Foundation

extension TransportResponse {
    /// How long the server wants to be left alone; `nil` if it does not say. At most a day.
    /// - Source: RFC 9110 §10.2.3: seconds, or a date.
    func retryAfter(now: Date) -> Duration? {
        guard let text = value(of: "Retry-After")?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        let longest = 86_400.0
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return .seconds(min(Double(text) ?? longest, longest))
        }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        guard let date = formatter.date(from: text) else { return nil }
        return .seconds(min(max(date.timeIntervalSince(now), 0), longest))
    }
}
