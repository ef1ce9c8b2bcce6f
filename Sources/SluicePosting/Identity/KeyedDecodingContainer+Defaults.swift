extension KeyedDecodingContainer {
    /// Replaces a value by the member of that name. One that is missing leaves the value as it is: what was kept before there was
    /// such a member has none, and must still be read.
    func read<Value: Decodable>(_ key: Key, into value: inout Value) throws {
        if let found = try decodeIfPresent(Value.self, forKey: key) { value = found }
    }
}
