import Foundation
import SluiceOAuth

/// What the browser shows when it comes back: one page, complete in itself.
///
/// Its words are literals: nothing of the request is ever repeated to a browser that anybody may have sent here.
struct CallbackPage: Sendable, Equatable {
    /// The HTTP status.
    let status: Int
    /// What happened.
    let heading: String
    /// More of it.
    let lead: String
    /// What to do next.
    let next: String

    private init(_ status: Int, _ heading: StaticString, _ lead: StaticString, next: StaticString) {
        self.status = status
        self.heading = heading.description
        self.lead = lead.description
        self.next = next.description
    }

    /// The sign-in worked.
    static let signedIn = CallbackPage(
        200, "You are signed in", "The sluice command has what it needs.", next: "Close this page and go back to the terminal.")
    /// The person said no.
    static let denied = CallbackPage(
        200, "Nothing was allowed", "The sluice command was not given access, and nothing was stored.",
        next: "Close this page. To try again, run sluice login again.")
    /// Anything else went wrong.
    static let failed = CallbackPage(
        200, "The sign-in did not work", "The sluice command was not given access.",
        next: "Close this page. The terminal says what went wrong.")
    /// The answer was not asked for: another sign-in's, or somebody's attempt to slip in theirs.
    static let forged = CallbackPage(
        400, "This is not the answer to this sign-in",
        "It does not carry what the sluice command sent with its request, so it was not used. The command goes on waiting.",
        next: "If you did not follow a strange link, go back to the page where you were asked to allow access.")
    /// The path alone, without an answer in it.
    static let empty = CallbackPage(
        400, "There is no answer here", "The authorization server sends the browser here with an answer.",
        next: "Go back to the terminal: it shows the address to open.")
    /// No other page.
    static let notFound = CallbackPage(
        404, "There is no such page", "The sluice command waits here for one sign-in.", next: "Go back to the terminal.")
    /// No other method.
    static let wrongMethod = CallbackPage(
        405, "This address is for browsers that come back", "It answers GET alone.", next: "Go back to the terminal.")

    /// The header fields. The answer in the address is worth nothing any more, but no copy of it need lie about.
    var fields: [(String, String)] {
        var fields = [
            ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            (
                "Content-Security-Policy",
                "default-src 'none'; style-src 'sha256-\(Self.styleHash)'; img-src data:; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'"
            ),
        ]
        if status == 405 { fields.append(("Allow", "GET")) }
        return fields
    }

    /// The document.
    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>\(heading) · Sluice</title>
        <link rel="icon" href="data:,">
        <style>\(Self.style)</style>
        </head>
        <body>
        <header><svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true" focusable="false">\
        <path class="post" d="M6 3v26M26 3v26M3 7h26"/><path class="paddle" d="M9 10h14v8H9z"/>\
        <path class="water" d="M9 22h14M9 26.5h14"/></svg><span>Sluice</span></header>
        <div class="gauge" aria-hidden="true"></div>
        <main>
        <h1>\(heading)</h1>
        <p class="lead">\(lead)</p>
        <p>\(next)</p>
        </main>
        </body>
        </html>

        """
    }

    private static let styleHash = Data(SecretHash(of: style).bytes).base64EncodedString()

    /// The colours and type of the server's own pages.
    private static let style = """
        :root{color-scheme:light dark;--paper:#f2efe6;--card:#fbfaf5;--ink:#10282b;--ink-2:#48605f;--edge:#77857f;--water:#0b5a5f;--paddle:#ef6a45}\
        @media(prefers-color-scheme:dark){:root{--paper:#0b181a;--card:#112427;--ink:#e9ebe2;--ink-2:#a6b9b5;--edge:#6d8985;--water:#7ed2c6;--paddle:#f0764f}}\
        *{box-sizing:border-box}\
        body{margin:0;min-height:100vh;background:var(--paper);color:var(--ink);font:1rem/1.55 "Avenir Next",Avenir,"Segoe UI",Ubuntu,Cantarell,"Helvetica Neue",system-ui,sans-serif;overflow-wrap:break-word}\
        header{display:flex;align-items:center;gap:.6rem;min-height:4rem;padding:0 clamp(1rem,4vw,2rem);background:var(--card);font:400 1.45rem Charter,"Bitstream Charter","Iowan Old Style","Palatino Linotype",Palatino,Georgia,"DejaVu Serif",serif}\
        svg{fill:none;stroke-width:2.5}.post{stroke:currentColor}.paddle{fill:var(--paddle)}.water{stroke:var(--water);stroke-width:2}\
        .gauge{height:10px;border-top:1px solid var(--edge);background:repeating-linear-gradient(90deg,var(--edge) 0 1px,transparent 1px 50px) 0 0/100% 10px no-repeat,repeating-linear-gradient(90deg,var(--edge) 0 1px,transparent 1px 10px) 0 0/100% 5px no-repeat}\
        main{max-width:38rem;margin:clamp(2rem,8vw,6rem) auto 3rem;padding:0 clamp(1rem,4vw,2rem)}\
        h1{margin:0;font:400 clamp(1.7rem,1.3rem + 1.7vw,2.5rem)/1.15 Charter,"Bitstream Charter","Iowan Old Style","Palatino Linotype",Palatino,Georgia,"DejaVu Serif",serif;letter-spacing:-.015em;text-wrap:balance}\
        p{margin:1rem 0 0}.lead{font-size:1.1rem;color:var(--ink-2)}
        """
}
