/// The one style sheet, compiled into the program and served at `/assets/style.css`.
enum StyleSheet {
    /// The style sheet's bytes.
    static let bytes: [UInt8] = PackageResources.style_css

    /// Changes whenever the style sheet does, so that browsers may keep a copy for as long as they like.
    static let version: String = {
        // FNV-1a: this names a version, it protects nothing.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 36)
    }()
}
