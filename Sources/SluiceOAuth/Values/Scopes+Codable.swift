extension Scopes: Codable {
    /// Reads the form of the wire: names separated by spaces.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let scopes = Scopes(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "This is no list of scopes.")
        }
        self = scopes
    }

    /// Writes the form of the wire.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
