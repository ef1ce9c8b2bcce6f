import Foundation
import SluiceAuthority
import SluicePosting

/// The picture of something that has none: its initial on a colour of its own, drawn, not stored.
struct Avatar: Sendable {
    /// An SVG image as a `data:` URL.
    let dataURL: String

    init(_ account: Account) { self.init(name: account.name.text, seed: account.id.bytes) }

    init(_ channel: Channel) { self.init(name: channel.name, seed: channel.id.text.utf8) }

    /// The picture of somebody who left.
    static let ofNobody = Avatar(name: "?", seed: [])

    private init(name: String, seed: some Sequence<UInt8>) {
        let initial = name.first.map { String($0).uppercased() } ?? "?"
        let hue = seed.reduce(0) { ($0 * 31 + Int($1)) % 360 }
        let escaped = initial.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        let image = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="hsl(\(hue),45%,40%)"/>\
            <text x="32" y="43" font-family="sans-serif" font-size="32" text-anchor="middle" fill="#fff">\(escaped)</text></svg>
            """
        dataURL = "data:image/svg+xml;base64," + Data(image.utf8).base64EncodedString()
    }
}
