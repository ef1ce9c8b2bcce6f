/// The name of one row: 96 random bits, written as 24 lowercase hexadecimal digits, the form Buffer's ids have.
///
/// The phantom `Kind` keeps an account's id from being passed where a grant's is meant.
public struct Identifier<Kind>: Sendable, Hashable, Comparable, CustomStringConvertible {
    // Two words instead of a string: ids are hashed and compared on every request.
    private let high: UInt64
    private let low: UInt32

    /// An id from 12 bytes, the most significant first; `nil` for another count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 12 else { return nil }
        high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[8...].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// An id from its text: 24 lowercase hexadecimal digits, `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        // Straight from contiguous bytes into the two words: this runs several times for every request.
        var copy = String(text)
        let words: (high: UInt64, low: UInt32)? = copy.withUTF8 { bytes in
            guard bytes.count == 24 else { return nil }
            var high: UInt64 = 0
            var low: UInt32 = 0
            for index in 0..<24 {
                let nibble: UInt8
                switch bytes[index] {
                case 0x30...0x39: nibble = bytes[index] - 0x30
                case 0x61...0x66: nibble = bytes[index] - 0x61 + 10
                default: return nil
                }
                if index < 16 { high = high << 4 | UInt64(nibble) } else { low = low << 4 | UInt32(nibble) }
            }
            return (high, low)
        }
        guard let words else { return nil }
        (high, low) = words
    }

    /// A fresh id.
    public init(random: RandomSource) {
        let words = random.words(2)
        high = words[0]
        low = UInt32(truncatingIfNeeded: words[1])
    }

    /// The 12 bytes, most significant first.
    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
            + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * $0)) }
    }

    /// 24 lowercase hexadecimal digits.
    public var text: String {
        String(unsafeUninitializedCapacity: 24) { buffer in
            func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }
            for index in 0..<16 { buffer[index] = digit(UInt8(truncatingIfNeeded: high >> (60 - 4 * index)) & 0xF) }
            for index in 0..<8 { buffer[16 + index] = digit(UInt8(truncatingIfNeeded: low >> (28 - 4 * index)) & 0xF) }
            return 24
        }
    }

    /// The id's text.
    public var description: String { text }

    /// Orders by value; the order means nothing beyond being stable.
    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// Names an account.
public typealias AccountID = Identifier<Account>
/// Names an organization.
public typealias OrganizationID = Identifier<Organization>
/// Names a session; not the secret in its cookie.
public typealias SessionID = Identifier<Session>
/// Names an API key; not the key itself.
public typealias APIKeyID = Identifier<APIKeyRecord>
/// Names a client: its `client_id`.
public typealias ClientID = Identifier<Client>
/// Names a grant.
public typealias GrantID = Identifier<Grant>
