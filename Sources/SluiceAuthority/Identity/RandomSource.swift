/// Where random bits come from: the system's generator, or a test's.
public struct RandomSource: Sendable {
    private let draw: @Sendable () -> UInt64

    /// A source that calls `draw` for every 64 bits.
    public init(_ draw: @escaping @Sendable () -> UInt64) { self.draw = draw }

    /// The operating system's cryptographic generator.
    public static let system = RandomSource {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    /// `count` times 64 random bits.
    public func words(_ count: Int) -> [UInt64] { (0..<count).map { _ in draw() } }

    /// `count` random bytes, drawn eight at a time: one draw per byte is seven times slower.
    public func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            let word = draw()
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
