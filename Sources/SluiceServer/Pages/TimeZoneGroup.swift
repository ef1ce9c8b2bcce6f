import Foundation

/// The time zones of a region, for a list to choose from.
struct TimeZoneGroup: Sendable {
    var region: String
    var names: [String]

    /// All zones that this machine knows, by region: one name of each.
    static let all: [TimeZoneGroup] = {
        var regions: [String: [String]] = [:]
        for zone in Set(TimeZone.knownTimeZoneIdentifiers).union(["UTC"]) {
            let slash = zone.firstIndex(of: "/")
            regions[slash.map { String(zone[..<$0]) } ?? "Other", default: []].append(zone)
        }
        return regions.map { TimeZoneGroup(region: $0.key, names: $0.value.sorted()) }.sorted { $0.region < $1.region }
    }()
}
