/// The character classes of the RFCs' grammars, over bytes: `Character` and regular expressions would let other scripts in.
extension UInt8 {
    /// `ALPHA`. - Source: RFC 5234 App. B.1.
    var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

    /// `DIGIT`. - Source: RFC 5234 App. B.1.
    var isASCIIDigit: Bool { self &- 0x30 < 10 }

    /// A letter or a digit of ASCII.
    var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }

    /// `unreserved`: what never needs percent-encoding. - Source: RFC 3986 §2.3.
    var isUnreserved: Bool { isASCIIAlphanumeric || self == 0x2D || self == 0x2E || self == 0x5F || self == 0x7E }

    /// `NQCHAR`: printable ASCII but space, `"` and `\`. - Source: RFC 6749 App. A.
    var isScopeCharacter: Bool { self > 0x20 && self < 0x7F && self != 0x22 && self != 0x5C }

    /// `NQSCHAR`: as `NQCHAR`, and the space. - Source: RFC 6749 App. A.
    var isErrorTextCharacter: Bool { self == 0x20 || isScopeCharacter }

    /// The value of a hexadecimal digit in either case, `nil` for anything else.
    var hexadecimalValue: UInt8? {
        if isASCIIDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }
}
