package import HTTPTypes

/// The cookies of a request, repeats included, and the fields that set and clear cookies.
/// - Source: RFC 6265 §4 and §5.4; `__Host-`: RFC 6265bis §4.1.3.2.
package struct Cookies: Sendable {
    private let pairs: [(name: Substring, value: Substring)]

    /// Reads every `Cookie` field of a request.
    package init(_ headers: HTTPFields) {
        var pairs: [(name: Substring, value: Substring)] = []
        for field in headers where field.name == .cookie {
            for part in field.value.split(separator: ";") {
                let pair = part.drop { $0 == " " }
                guard let equals = pair.firstIndex(of: "=") else { continue }
                var value = pair[pair.index(after: equals)...]
                while value.last == " " { value.removeLast() }
                pairs.append((pair[..<equals], value))
            }
        }
        self.pairs = pairs
    }

    /// All values under `name`, in the order they were sent.
    ///
    /// A name can come twice: another host of the same site may have set one. Whoever checks a cookie tries them all, so
    /// that a planted one cannot hide the real one.
    package func values(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map { String($0.value) }
    }

    /// The value under `name`; `nil` if there is none or more than one.
    package func onlyValue(_ name: String) -> String? {
        let values = values(name)
        return values.count == 1 ? values[0] : nil
    }

    /// The name under which a cookie is kept: with `__Host-` on https, where browsers then enforce that it came from this
    /// very host, over TLS, for every path.
    package static func name(_ base: String, isSecure: Bool) -> String { isSecure ? "__Host-" + base : base }

    /// A `Set-Cookie` field: `HttpOnly; SameSite=Lax; Path=/`, and `Secure` on https.
    /// - Parameters:
    ///   - name: As ``name(_:isSecure:)`` gives it.
    ///   - value: Characters that may not stand in a cookie are percent-encoded.
    ///   - maxAge: How long the browser keeps it; without one, until it is closed.
    package static func set(_ name: String, to value: String, maxAge: Duration? = nil, isSecure: Bool) -> HTTPField {
        var text = "\(name)=\(encoded(value)); Path=/; HttpOnly; SameSite=Lax"
        if let maxAge { text += "; Max-Age=\(max(0, maxAge.components.seconds))" }
        if isSecure { text += "; Secure" }
        return HTTPField(name: .setCookie, value: text)
    }

    /// A `Set-Cookie` field that removes the cookie.
    package static func clear(_ name: String, isSecure: Bool) -> HTTPField {
        set(name, to: "", maxAge: .zero, isSecure: isSecure)
    }

    /// - Source: RFC 6265 §4.1.1, cookie-octet.
    private static func encoded(_ value: String) -> String {
        func isPlain(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x21, 0x23...0x24, 0x26...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
            default: false
            }
        }
        if value.utf8.allSatisfy(isPlain) { return value }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
