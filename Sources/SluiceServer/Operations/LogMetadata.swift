import Logging

/// The metadata of one event.
enum LogMetadata {
    /// What the logger, its provider and the event say, sorted by name; the event wins, then the provider.
    static func merged(
        _ own: Logger.Metadata, _ provider: Logger.MetadataProvider?, _ event: LogEvent
    ) -> [(key: String, value: Logger.MetadataValue)] {
        var all = own
        if let provided = provider?.get(), !provided.isEmpty { all.merge(provided) { $1 } }
        if let given = event.metadata, !given.isEmpty { all.merge(given) { $1 } }
        if let error = event.error { all["error"] = .string(String(reflecting: error)) }
        return all.sorted { $0.key < $1.key }
    }
}
