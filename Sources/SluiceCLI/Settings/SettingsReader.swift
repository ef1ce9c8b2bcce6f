import Configuration
import Foundation
import Synchronization

/// Reads settings from flags, environment and file, in this precedence, and remembers where each came from.
struct SettingsReader {
    /// What was found for one setting.
    struct Found: Sendable, Equatable {
        /// The value; `nil` if only the default holds.
        let value: SettingValue?
        /// Where it came from.
        let source: SettingSource
    }

    /// What was found for each setting that has a value.
    private(set) var found: [Setting: Found] = [:]
    /// What was wrong with what was found.
    private(set) var problems: [SettingProblem] = []

    private let reader: ConfigReader
    private let lookUps = LookUpRecorder()
    private let sources: [SettingSource]

    /// Reads everything.
    /// - Parameters:
    ///   - flags: What the command line gave, by setting.
    ///   - environment: The environment variables. An empty one counts as absent: that is how compose files leave one out.
    /// - Throws: `Failure` if the configuration file is named but cannot be read.
    init(flags: [Setting: SettingValue], environment: [String: String]) async throws {
        let environment = environment.filter { $0.key.hasPrefix("SLUICE_") && !$0.value.isEmpty }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(
                name: "flags",
                values: Dictionary(
                    uniqueKeysWithValues: flags.map { (AbsoluteConfigKey([$0.key.name]), $0.value.configValue) })),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "sluice"),
        ]
        var sources: [SettingSource] = [.flag, .environment]
        var fileKeys = FileKeys()
        if let path = Self.filePath(flags, environment) {
            let (file, keys) = try await Self.file(path)
            providers.append(file)
            sources.append(.file)
            fileKeys = keys
        }
        self.sources = sources
        reader = ConfigReader(providers: providers, accessReporter: lookUps)
        for setting in Setting.all { look(for: setting) }
        complain(aboutKeys: fileKeys)
        complain(aboutUnknownVariables: Set(environment.keys))
    }

    private static func filePath(_ flags: [Setting: SettingValue], _ environment: [String: String]) -> String? {
        flags[.config]?.text ?? environment[Setting.config.variable]
    }

    /// The names of the file's members.
    private struct FileKeys {
        var all: Set<String> = []
        /// Those that hold an object. No setting does, and the library takes the object's members for settings of their own.
        var objects: Set<String> = []
    }

    private static func file(_ path: String) async throws -> (any ConfigProvider, FileKeys) {
        let content: [UInt8]
        do { content = try FileContent.read(path, limitInBytes: 1 << 20) } catch let error as SystemError {
            throw Failure(
                .notFound, "The configuration file \(path) cannot be read: \(error.words).",
                next: "Correct --config or SLUICE_CONFIG.")
        }
        // Looked at beside the library, which does not say which keys a file has: a misspelt one must not go unnoticed.
        guard let object = try? JSONSerialization.jsonObject(with: Data(content)) as? [String: Any] else {
            throw Failure(
                .misconfigured, "The configuration file \(path) is not a JSON object.",
                next: #"It looks like {"port": 8080, "auth-url": "https://auth.example.com"}."#)
        }
        do {
            let at = ConfigReader(
                provider: InMemoryProvider(
                    name: "path", values: ["filePath": ConfigValue(.string(path), isSecret: false)]))
            let keys = FileKeys(all: Set(object.keys), objects: Set(object.filter { $0.value is [String: Any] }.keys))
            return (try await FileProvider<JSONSnapshot>(config: at), keys)
        } catch {
            throw Failure(
                .misconfigured, "The configuration file \(path) holds a value that no setting has: \(error).",
                next: "Values are texts, numbers, true or false, and lists of texts.")
        }
    }

    private mutating func look(for setting: Setting) {
        let key = ConfigKey([setting.name])
        let result: LookUp
        switch setting.form {
        case .text, .choice: result = lookUps.during { _ = reader.string(forKey: key, isSecret: true) }
        case .toggle: result = lookUps.during { _ = reader.bool(forKey: key) }
        case .integer, .span:
            // `"1h"` is no number, but a span: what is no number is looked at as text.
            let number = lookUps.during { _ = reader.int(forKey: key) }
            result = number.isMismatch ? lookUps.during { _ = reader.string(forKey: key) } : number
        case .list:
            let list = lookUps.during { _ = reader.stringArray(forKey: key) }
            result = list.isMismatch ? lookUps.during { _ = reader.string(forKey: key) } : list
        }
        switch result {
        case .absent: return
        case .mismatch(let index): complain(setting, index, "is not \(setting.form.words)")
        case .value(let content, let index):
            let source = sources[index]
            guard setting.allows(source) else { return complain(setting, index, setting.placesAdvice) }
            guard let value = SettingValue(content, setting.form) else {
                return complain(setting, index, "is not \(setting.form.words)")
            }
            found[setting] = Found(value: value, source: source)
        }
    }

    private mutating func complain(_ setting: Setting, _ index: Int, _ words: String) {
        let source = sources[index]
        problems.append(
            SettingProblem(
                severity: .error, setting: setting.name, source: source,
                message: "\(setting.named(in: source)) \(words)."))
    }

    private mutating func complain(aboutKeys keys: FileKeys) {
        guard let index = sources.firstIndex(of: .file) else { return }
        for setting in Setting.all where keys.all.contains(setting.name) {
            if !setting.allows(.file) {
                // Also where a flag or the environment wins over it: a secret does not belong there at all.
                guard !problems.contains(where: { $0.setting == setting.name && $0.source == .file }) else { continue }
                complain(setting, index, setting.placesAdvice)
            } else if keys.objects.contains(setting.name) {
                complain(setting, index, "is not \(setting.form.words)")
            }
        }
        for key in keys.all.subtracting(Setting.all.map(\.name)).sorted() {
            problems.append(
                SettingProblem(
                    severity: .error, setting: nil, source: .file,
                    message: "“\(Printable.line(key))” in the configuration file is no setting. Is it misspelt?"))
        }
    }

    private mutating func complain(aboutUnknownVariables names: Set<String>) {
        // Two of our own are none: what a sandbox sets for the programs that use it, and what names a profile.
        let known = Set(Setting.all.map(\.variable)).union([SandboxEnvironment.addressVariable, ProfileBook.variable])
        for name in names.subtracting(known).sorted() {
            // Not an error: another program of the same machine may use the prefix.
            problems.append(
                SettingProblem(
                    severity: .warning, setting: nil, source: .environment,
                    message:
                        "The environment variable \(Printable.line(name)) is no setting and is ignored. Is it misspelt?"
                ))
        }
    }
}

/// What one question to the providers came to.
private enum LookUp: Equatable {
    case absent
    /// A value, and the provider that had it.
    case value(ConfigContent, provider: Int)
    /// A value of another type.
    case mismatch(provider: Int)

    var isMismatch: Bool { if case .mismatch = self { true } else { false } }
}

/// Listens to the library's reports: they alone say which provider a value came from.
private final class LookUpRecorder: AccessReporter {
    private let last = Mutex<LookUp>(.absent)

    func report(_ event: AccessEvent) {
        let provider = event.providerResults.count - 1
        let lookUp: LookUp =
            switch event.providerResults.last?.result {
            case .success(let result): result.value.map { .value($0.content, provider: provider) } ?? .absent
            case .failure: .mismatch(provider: provider)
            case nil: .absent
            }
        last.withLock { $0 = lookUp }
    }

    /// What the one question that `ask` asks came to.
    func during(_ ask: () -> Void) -> LookUp {
        last.withLock { $0 = .absent }
        ask()
        return last.withLock { $0 }
    }
}

extension SettingValue {
    /// For the library.
    fileprivate var configValue: ConfigValue {
        switch self {
        case .text(let text): ConfigValue(.string(text), isSecret: false)
        case .integer(let number): ConfigValue(.int(number), isSecret: false)
        case .list(let items): ConfigValue(.stringArray(items), isSecret: false)
        case .toggle(let value): ConfigValue(.bool(value), isSecret: false)
        }
    }

    /// A value that fits the form; `nil` for one that does not.
    fileprivate init?(_ content: ConfigContent, _ form: Setting.Form) {
        switch (form, content) {
        case (.text, .string(let text)): self = .text(text)
        case (.choice(let words), .string(let text)):
            // `es256` means ES256: there is nothing to confuse.
            guard let word = words.first(where: { $0.lowercased() == text.lowercased() }) else { return nil }
            self = .text(word)
        case (.integer(let range), .int(let number)):
            guard range.contains(number) else { return nil }
            self = .integer(number)
        case (.integer(let range), .string(let text)):
            guard let number = Int(text), range.contains(number) else { return nil }
            self = .integer(number)
        case (.span(let range), .int(let number)):
            guard range.contains(number) else { return nil }
            self = .integer(number)
        case (.span(let range), .string(let text)):
            guard let seconds = TimeSpan.seconds(text), range.contains(seconds) else { return nil }
            self = .integer(seconds)
        case (.list, .stringArray(let items)): self = .list(items.filter { !$0.isEmpty })
        case (.list, .string(let text)): self = .list([text])
        case (.toggle, .bool(let value)): self = .toggle(value)
        default: return nil
        }
    }
}

extension Setting {
    fileprivate func allows(_ source: SettingSource) -> Bool {
        switch places {
        case .all: true
        case .outsideFile: source != .file
        case .environment: source == .environment
        }
    }

    fileprivate var placesAdvice: String {
        switch places {
        case .all: "cannot stand there"
        case .outsideFile: "cannot stand in the file: give it by \(flag) or \(variable)"
        case .environment:
            "is a secret: give it by the environment variable \(variable), or use the setting \(name)-file"
        }
    }

    /// The setting's name as it is spelt where the value came from.
    func named(in source: SettingSource) -> String {
        switch source {
        case .flag: flag
        case .environment: variable
        case .file, .standard: "“\(name)”"
        }
    }
}

extension Setting.Form {
    /// What a value looks like, as the end of "is not …".
    var words: String {
        switch self {
        case .text: "a text"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .span(let range):
            "a span of \(range.lowerBound) to \(range.upperBound) seconds, written as seconds or as 90s, 30m, 12h, 90d"
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .list: "a list of texts"
        case .toggle: "true or false"
        }
    }
}
