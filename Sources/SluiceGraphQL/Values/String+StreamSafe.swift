extension String {
    /// How many combining marks may follow each other in a text that comes from outside. Strings are compared and hashed by their
    /// normal form, which orders the marks of a row in time that grows with its square: a row of a megabyte takes minutes.
    /// - Source: Unicode Standard Annex #15 §13, "Stream-Safe Text Format".
    static let mostMarks = 30

    /// Whether no row of combining marks is longer than that.
    var isStreamSafe: Bool {
        // Below U+0300 there are no marks.
        guard utf8.contains(where: { $0 >= 0xCC }) else { return true }
        var marks = 0
        for scalar in unicodeScalars {
            marks = scalar.isMark ? marks + 1 : 0
            if marks > Self.mostMarks { return false }
        }
        return true
    }
}

extension Unicode.Scalar {
    /// The category and not the combining class: some marks of class 0 decompose into others.
    fileprivate var isMark: Bool {
        guard value >= 0x300 else { return false }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }
}
