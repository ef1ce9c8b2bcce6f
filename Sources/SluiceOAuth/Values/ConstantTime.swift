/// Comparison of secrets whose duration does not tell how much of them agreed.
public enum ConstantTime {
    /// Whether both hold the same bytes. The time depends on the lengths, never on where the first difference is.
    @inlinable public static func equals(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(one, other) { difference |= left ^ right }
        return difference == 0
    }
}
