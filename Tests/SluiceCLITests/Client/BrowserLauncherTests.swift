import Foundation
import Testing

@testable import SluiceCLI

@Suite("The person's browser")
struct BrowserLauncherTests {
    private let url = "https://auth.example/auth?a=1&b=$(rm -rf ~);'\""

    @Test func `BROWSER names commands between colons, with the address as an argument of its own`() {
        func commands(_ text: String) -> [[String]] { BrowserLauncher(environment: ["BROWSER": text]).commands(for: url) }
        #expect(commands("firefox") == [["firefox", url]])
        #expect(commands("firefox -P work:chromium") == [["firefox", "-P", "work", url], ["chromium", url]])
        #expect(commands("open-at --url=%s now") == [["open-at", "--url=\(url)", "now"]])
        #expect(commands("::") == [])
    }

    #if !canImport(Darwin)
        @Test func `without BROWSER it is xdg-open, and only where there is a display`() {
            #expect(BrowserLauncher(environment: [:]).commands(for: url) == [])
            #expect(BrowserLauncher(environment: ["DISPLAY": ""]).commands(for: url) == [])
            #expect(BrowserLauncher(environment: ["DISPLAY": ":0"]).commands(for: url) == [["xdg-open", url]])
            #expect(BrowserLauncher(environment: ["WAYLAND_DISPLAY": "w"]).commands(for: url) == [["xdg-open", url]])
        }
    #endif

    @Test func `no shell reads the address`() async throws {
        let bed = try TestBed()
        let seen = bed.folder + "/seen"
        let script = try bed.write(
            "browser", "#!/bin/sh\nprintf '%s' \"$1\" > \(seen).part && mv \(seen).part \(seen)\n", mode: 0o700)
        #expect(BrowserLauncher(environment: ["BROWSER": "/nowhere/at-all:\(script)", "PATH": "/usr/bin:/bin"]).open(url))
        let patienceEnds = Date(timeIntervalSinceNow: 60)
        while !FileManager.default.fileExists(atPath: seen), Date() < patienceEnds {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(try String(contentsOfFile: seen, encoding: .utf8) == url)
    }

    @Test func `a browser that is not there is none`() {
        #expect(!BrowserLauncher(environment: ["BROWSER": "/nowhere/at-all"]).open(url))
        #expect(!BrowserLauncher(environment: ["BROWSER": "no-such-browser", "PATH": "/usr/bin"]).open(url))
    }
}
