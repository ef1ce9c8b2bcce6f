import Foundation

/// Where the server that last used a data folder answered. `explain` needs it: an access token names its issuer and audience.
struct ServingNote: Codable, Sendable, Equatable {
    /// The auth origin.
    let authURL: String
    /// The API origin.
    let apiURL: String
    /// The app origin.
    let appURL: String

    enum CodingKeys: String, CodingKey {
        case authURL = "auth_url"
        case apiURL = "api_url"
        case appURL = "app_url"
    }

    /// The note in a folder, if one can be read.
    static func read(from folder: DataFolder) -> ServingNote? {
        guard let content = try? FileContent.read(folder.servingNotePath, limitInBytes: 16_384) else { return nil }
        return try? JSONDecoder().decode(ServingNote.self, from: Data(content))
    }

    /// Leaves the note. A server that cannot runs all the same.
    func write(to folder: DataFolder) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let content = try? encoder.encode(self) else { return }
        try? FileContent.replace(folder.servingNotePath, Array(content) + [0x0A])
    }
}
