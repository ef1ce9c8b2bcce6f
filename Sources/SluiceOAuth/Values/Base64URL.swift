/// Base64 with the URL-safe alphabet and without padding.
/// - Source: RFC 4648 §5; RFC 7515 §2.
public enum Base64URL {
    /// The unpadded base64url text of `bytes`.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var output: [UInt8] = []
        Base64Alphabet.url.append(Array(bytes), to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes that `text` encodes, strictly: `nil` for padding, line breaks, foreign characters, an impossible length, or
    /// unused bits that are not zero. So `encode(decode(text)) == text` for whatever is accepted.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let bytes = Array(text.utf8)
        return Base64Alphabet.url.decode(bytes[...])
    }
}
