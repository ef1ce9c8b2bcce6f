import HTTPTypes
import Hummingbird
import SluiceAuthority

/// The cookies that come and go with a session.
enum SessionCookies {
    /// Sends somebody who just signed in on their way.
    static func welcome(_ opened: Sessions.Opened, to path: String, _ visit: Visit, _ site: Site) -> Response {
        let isSecure = visit.context.origin.isSecure
        func name(_ base: String) -> String { Cookies.name(base, isSecure: isSecure) }
        return Answer.redirect(
            visit.base + path,
            headers: HTTPFields([
                Cookies.set(
                    name(Visit.sessionCookie), to: opened.secret, maxAge: site.authority.configuration.sessionLifetime,
                    isSecure: isSecure),
                Cookies.set(
                    name(Visit.deviceCookie), to: opened.device, maxAge: .seconds(365 * 86_400), isSecure: isSecure),
                Cookies.clear(name(Visit.browserCookie), isSecure: isSecure),
            ]))
    }

    /// Sends somebody who just left on their way. The device cookie stays: it gives no access.
    static func farewell(to path: String, _ visit: Visit) -> Response {
        let isSecure = visit.context.origin.isSecure
        return Answer.redirect(
            visit.base + path,
            headers: HTTPFields([
                Cookies.clear(Cookies.name(Visit.sessionCookie, isSecure: isSecure), isSecure: isSecure)
            ]))
    }
}
