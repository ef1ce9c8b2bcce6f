import Mustache

/// A page as nested dictionaries.
///
/// Mustache would look properties up by reflection, once for every name and every level it searches. Doing it once
/// for each value makes rendering several times faster. It also closes a trap: an absent value is put down as absent, so that
/// the look-up ends there instead of climbing to a property of the same name further out.
enum TemplateValues {
    /// The values of `page`: its stored properties and what it derives from them.
    static func of(_ page: some Page) -> [String: Any] {
        members(of: page)
    }

    /// `value` as Mustache takes it.
    static func convert(_ value: Any) -> Any {
        switch value {
        // Also a wrapped one. Nothing to say is the same as nothing: a section on it stays closed.
        case let text as String: return text.isEmpty ? Absent() : text
        case let flag as Bool: return flag
        case let number as Int: return String(number)
        case let texts as [String]: return texts
        case let errors as FormErrors: return errors.values
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let wrapped = mirror.children.first?.value else { return Absent() }
            return convert(wrapped)
        case .collection:
            return mirror.children.map { convert($0.value) }
        case .enum:
            return "\(value)"
        default:
            return members(of: value, mirror)
        }
    }

    private static func members(of value: Any, _ known: Mirror? = nil) -> [String: Any] {
        let mirror = known ?? Mirror(reflecting: value)
        var values: [String: Any] = [:]
        for case (let name?, let member) in mirror.children {
            values[name] = convert(member)
        }
        if let deriving = value as? any DerivedValues {
            for (name, member) in deriving.derived {
                values[name] = convert(member)
            }
        }
        return values
    }
}

/// No value, told apart from "look further out".
private struct Absent: MustacheCustomRepresentation {
    var representation: Any? { nil }
}
