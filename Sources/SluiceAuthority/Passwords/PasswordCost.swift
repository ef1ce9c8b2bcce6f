/// What hashing a password costs, in Argon2id's terms (RFC 9106).
public struct PasswordCost: Sendable, Equatable {
    /// Memory in KiB.
    public let memoryInKiB: UInt32
    /// Passes over the memory.
    public let passes: UInt32
    /// Lanes.
    public let lanes: UInt32

    /// A cost.
    public init(memoryInKiB: UInt32, passes: UInt32, lanes: UInt32) {
        self.memoryInKiB = memoryInKiB
        self.passes = passes
        self.lanes = lanes
    }

    /// 19 MiB, two passes, one lane: about 30 ms on the machine this was chosen on.
    public static let standard = PasswordCost(memoryInKiB: 19 * 1024, passes: 2, lanes: 1)
    /// For tests only: fast, and no protection.
    public static let minimal = PasswordCost(memoryInKiB: 64, passes: 1, lanes: 1)
}
