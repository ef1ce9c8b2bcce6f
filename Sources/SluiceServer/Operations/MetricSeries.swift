/// Something that a line or some lines of the metrics page are written from.
protocol MetricSeries: AnyObject, Sendable {
    func write(_ name: String, _ labels: MetricLabels, to text: inout String)
}

/// The labels of one series, already written.
struct MetricLabels: Sendable, Hashable {
    private let inner: String

    /// `{a="1",b="2"}`, or nothing.
    var text: String { inner.isEmpty ? "" : "{\(inner)}" }

    init(_ pairs: [(String, String)]) {
        inner = pairs.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    }

    private init(inner: String) { self.inner = inner }

    /// The same labels and one more.
    func adding(_ name: String, _ value: String) -> MetricLabels {
        MetricLabels(inner: (inner.isEmpty ? "" : inner + ",") + "\(name)=\"\(Self.escaped(value))\"")
    }

    /// - Source: Prometheus text format 0.0.4: backslash, quote and line feed are escaped.
    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A whole number without a fraction.
    static func number(_ value: Double) -> String {
        if let whole = Int(exactly: value) { return String(whole) }
        return value.description
    }
}
