import SluiceClient

extension TransportResponse {
    /// For how many seconds the answer is fresh by its own account; `nil` if it does not say. Zero where a cache must ask each time.
    /// - Source: RFC 9111 §4.2.1, §4.2.3 and §5.2.2.
    var freshnessInSeconds: Int? {
        let directives = values(of: "Cache-Control").flatMap { $0.split(separator: ",") }.map { directive in
            directive.filter { $0 != " " && $0 != "\t" }.lowercased()
        }
        if directives.contains("no-store") || directives.contains("no-cache") { return 0 }
        guard let directive = directives.first(where: { $0.hasPrefix("max-age=") }) else { return nil }
        let digits = directive.dropFirst("max-age=".count).filter { $0 != "\"" }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        // §1.2.2: what does not fit counts as very long; the policy bounds it.
        let lifetime = Int(digits) ?? .max
        // What it spent in caches on the way is gone.
        let age = value(of: "Age").flatMap { Int($0) } ?? 0
        return max(0, lifetime - max(0, age))
    }
}
