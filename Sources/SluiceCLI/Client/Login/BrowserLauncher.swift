import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starts the person's browser. The address is an argument of its own: no shell ever reads it.
struct BrowserLauncher {
    /// The environment variables.
    let environment: [String: String]
    /// The umask that the browser is started with: the person's own, not this command's. A browser may live long, and save files.
    var umask: mode_t = 0o022

    /// The commands to try, in order, each with its arguments.
    func commands(for url: String) -> [[String]] {
        // As xdg-open and Python read it: commands between colons, %s for the address. Words are split at spaces, for `firefox -P work`.
        if let chosen = environment["BROWSER"], !chosen.isEmpty {
            return chosen.split(separator: ":").compactMap { command in
                let words = command.split(separator: " ").map(String.init)
                guard !words.isEmpty else { return nil }
                guard words.contains(where: { $0.contains("%s") }) else { return words + [url] }
                return words.map { $0.replacing("%s", with: url) }
            }
        }
        #if canImport(Darwin)
            return [["open", url]]
        #else
            // Without a display xdg-open would look for a browser that runs inside this terminal.
            guard ["DISPLAY", "WAYLAND_DISPLAY"].contains(where: { environment[$0]?.isEmpty == false }) else { return [] }
            return [["xdg-open", url]]
        #endif
    }

    /// Starts the first command that can be started, and does not wait for it.
    /// - Returns: Whether one was started.
    func open(_ url: String) -> Bool { commands(for: url).contains { start($0) } }

    private func start(_ command: [String]) -> Bool {
        guard let name = command.first, let path = executable(name) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = Array(command.dropFirst())
        process.environment = environment
        // What browsers say has no place among this command's results.
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let own = setUmask(umask)
        defer { _ = setUmask(own) }
        do {
            try process.run()
            return true
        } catch {
            return false
        }
    }

    /// Where a command is; `nil` if it is nowhere on the PATH.
    private func executable(_ name: String) -> String? {
        if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
        return environment["PATH", default: "/usr/local/bin:/usr/bin:/bin"].split(separator: ":").lazy
            .map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}

// Named apart from the property, which would hide it.
private func setUmask(_ mask: mode_t) -> mode_t { umask(mask) }
