/// A browser and its system in words, read from a `User-Agent` field. A guess for people, never a basis for decisions.
struct DeviceName: Sendable, Equatable {
    let text: String

    init(_ userAgent: String) {
        // Order matters: most browsers also claim to be the ones after them.
        let browsers = [
            ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
            ("Chromium/", "Chromium"),
            ("Safari/", "Safari"), ("curl/", "curl"),
        ]
        let systems = [
            ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"), ("Linux", "Linux"),
        ]
        let browser = browsers.first { userAgent.contains($0.0) }?.1
        let system = systems.first { userAgent.contains($0.0) }?.1
        switch (browser, system) {
        case (let browser?, let system?): text = "\(browser) on \(system)"
        case (let name?, nil), (nil, let name?): text = name
        case (nil, nil): text = userAgent.isEmpty || userAgent == "-" ? "Unknown device" : String(userAgent.prefix(40))
        }
    }
}
