/// A value to copy: one click selects it whole, and for a secret there is a field for the keyboard as well.
struct ShownSecret: Sendable {
    /// The element's id.
    var id: String
    var label: String
    var value: String
    var isSecret = true
}
