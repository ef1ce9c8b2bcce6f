/// How a secret is shown to people: once, on a line of its own, with what to do about it.
enum ShownSecret {
    /// The facts, the secret and the hint.
    static func text(_ headline: String, facts: FactSheet, secretName: String, secret: String, hint: String) -> String {
        "\(headline)\n\n\(facts.text)\n\n\(secretName), shown only now:\n\n    \(secret)\n\n\(hint)"
    }
}
