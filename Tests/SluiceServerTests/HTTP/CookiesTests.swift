import HTTPTypes
import Testing

@testable import SluiceServer

@Suite("Cookies: RFC 6265")
struct CookiesTests {
    @Test func `every value of a name is seen, also across fields`() {
        var fields: HTTPFields = [:]
        fields.append(HTTPField(name: .cookie, value: "a=1; b=2;a=3"))
        fields.append(HTTPField(name: .cookie, value: "a=4=5; lonely"))
        let cookies = Cookies(fields)
        #expect(cookies.values("a") == ["1", "3", "4=5"])
        #expect(cookies.onlyValue("a") == nil)
        #expect(cookies.onlyValue("b") == "2")
        #expect(cookies.values("A") == [])
    }

    @Test func `a cookie is closed to scripts and other sites, and bound to the host on https`() {
        #expect(
            Cookies.set(Cookies.name("sluice_session", isSecure: true), to: "x", maxAge: .seconds(60), isSecure: true)
                .value
                == "__Host-sluice_session=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure")
        #expect(
            Cookies.set(Cookies.name("sluice_session", isSecure: false), to: "x", isSecure: false).value
                == "sluice_session=x; Path=/; HttpOnly; SameSite=Lax")
        #expect(Cookies.clear("c", isSecure: false).value == "c=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
    }

    @Test func `a value cannot add attributes or fields`() {
        #expect(
            Cookies.set("c", to: "a; Domain=evil\r\nX: y", isSecure: false).value
                == "c=a%3B%20Domain=evil%0D%0AX:%20y; Path=/; HttpOnly; SameSite=Lax")
    }
}
