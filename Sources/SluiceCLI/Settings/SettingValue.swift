/// The value of a setting, in the type its form asks for.
enum SettingValue: Sendable, Equatable {
    case text(String)
    /// A number, or a span in seconds.
    case integer(Int)
    case list([String])
    case toggle(Bool)

    /// As `config check` shows it.
    var text: String {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .list(let items): items.joined(separator: ", ")
        case .toggle(let value): value ? "true" : "false"
        }
    }

    /// For `--json`.
    var json: JSON {
        switch self {
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .list(let items): .strings(items)
        case .toggle(let value): .bool(value)
        }
    }
}

/// Where a value came from. The order of the cases is the precedence, highest first.
enum SettingSource: String, Sendable, Equatable, CaseIterable {
    case flag
    case environment
    case file
    case standard = "default"
}

/// Something about the settings that is wrong or deserves a thought.
struct SettingProblem: Sendable, Equatable {
    /// How bad.
    enum Severity: String, Sendable, Equatable {
        /// `serve` does not start.
        case error
        /// It starts, but the operator should know.
        case warning
    }

    /// How bad.
    let severity: Severity
    /// The setting's name; `nil` if it concerns none or an unknown one.
    let setting: String?
    /// Where the value came from.
    let source: SettingSource?
    /// What is wrong and what to do, as sentences. Holds no secret.
    let message: String
}
