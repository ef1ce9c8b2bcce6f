import HTTPTypes
import Hummingbird

/// The pages, as small as they can be.
enum Page {
    static var signedOut: Response { html("<p>Nobody is signed in.</p><p><a href=\"/sign-in\">Sign in</a></p>") }

    static func home(email: String) -> Response {
        html("<p>Signed in as \(escaped(email)).</p><form method=\"post\" action=\"/sign-out\"><button>Sign out</button></form>")
    }

    static func problem(_ words: String, status: HTTPResponse.Status) -> Response {
        html("<p>\(escaped(words))</p><p><a href=\"/\">Back</a></p>", status: status)
    }

    private static func html(_ body: String, status: HTTPResponse.Status = .ok) -> Response {
        let page = """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
            <title>Web app</title><main>\(body)</main></html>
            """
        return Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    /// Text from elsewhere never becomes markup.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
