/// What a template needs beside the stored properties, such as "has any" flags and texts made of several values.
protocol DerivedValues {
    /// Values by the name that the template uses. They win over a stored property of the same name.
    var derived: [String: Any] { get }
}

extension DerivedValues {
    var derived: [String: Any] { [:] }
}
