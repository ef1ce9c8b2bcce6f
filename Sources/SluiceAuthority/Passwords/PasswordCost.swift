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

    /// A cost as Argon2 writes it into a hash, `m=19456,t=2,p=1`; `nil` for any other text.
    init?(encoded: String) {
        let parts = encoded.split(separator: ",", omittingEmptySubsequences: false)
        func number(_ index: Int, _ name: String) -> UInt32? {
            parts[index].hasPrefix(name) ? UInt32(parts[index].dropFirst(name.count)) : nil
        }
        guard parts.count == 3, let memory = number(0, "m="), let passes = number(1, "t="), let lanes = number(2, "p=")
        else { return nil }
        self.init(memoryInKiB: memory, passes: passes, lanes: lanes)
    }

    /// 19 MiB, two passes, one lane: about 30 ms on the machine this was chosen on.
    public static let standard = PasswordCost(memoryInKiB: 19 * 1024, passes: 2, lanes: 1)
    /// For tests only: fast, and no protection.
    public static let minimal = PasswordCost(memoryInKiB: 64, passes: 1, lanes: 1)
}
