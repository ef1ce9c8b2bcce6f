/// What must hold for an idea. Complaints are sentences without the closing point.
enum IdeaRules {
    static let titleLimit = 300
    static let textLimit = 10_000
    static let mediaLimit = 20
    static let groupNameLimit = 100
    /// Characters of the names and ids within a medium.
    static let nameLimit = 1_000

    static func complaints(about content: IdeaContent) -> [String] {
        var complaints: [String] = []
        if isBlank(content.title), isBlank(content.text) { complaints.append("An idea requires a title or a text") }
        if isLong(content.title, titleLimit) {
            complaints.append("The title of an idea may have at most \(titleLimit) characters")
        }
        if isLong(content.text, textLimit) { complaints.append("The text of an idea may have at most \(textLimit) characters") }
        if content.tagIDs.count > PostingLimits.tagsPerPost {
            complaints.append("An idea may have at most \(PostingLimits.tagsPerPost) tags")
        }
        if content.services.count > Service.allCases.count { complaints.append("Each service is named once") }
        guard content.media.count <= mediaLimit else {
            return complaints + ["An idea may have at most \(mediaLimit) media"]
        }
        for medium in content.media {
            for complaint in self.complaints(about: medium) where !complaints.contains(complaint) { complaints.append(complaint) }
        }
        return complaints
    }

    private static func complaints(about medium: IdeaMedia) -> [String] {
        var complaints: [String] = []
        for (address, what) in [
            (medium.url, "The url of a medium"), (medium.thumbnailURL, "The thumbnail of a medium"),
            (medium.source?.authorURL, "The author's url of a medium"),
        ] {
            if let address, let complaint = WebAddress.complaint(about: address, what) { complaints.append(complaint) }
        }
        let source = medium.source
        if [medium.altText, source?.name, source?.id, source?.author].contains(where: { isLong($0, nameLimit) }) {
            complaints.append("The words of a medium may have at most \(nameLimit) characters each")
        }
        if let size = medium.size, size < 0 { complaints.append("The size of a medium is zero bytes or more") }
        return complaints
    }

    private static func isBlank(_ text: String?) -> Bool { text?.allSatisfy(\.isWhitespace) ?? true }

    private static func isLong(_ text: String?, _ limit: Int) -> Bool {
        guard let text else { return false }
        return text.utf8.count > 4 * limit || text.unicodeScalars.count > limit
    }
}
