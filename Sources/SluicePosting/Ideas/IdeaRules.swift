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
        if content.title?.isBlank ?? true, content.text?.isBlank ?? true {
            complaints.append("An idea requires a title or a text")
        }
        if content.title?.isLonger(than: titleLimit) ?? false {
            complaints.append("The title of an idea may have at most \(titleLimit) characters")
        }
        if content.text?.isLonger(than: textLimit) ?? false {
            complaints.append("The text of an idea may have at most \(textLimit) characters")
        }
        if content.tagIDs.count > PostingLimits.tagsPerPost {
            complaints.append("An idea may have at most \(PostingLimits.tagsPerPost) tags")
        }
        if Set(content.services).count < content.services.count { complaints.append("Each service is named once") }
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
        let words = [medium.altText, source?.name, source?.id, source?.author].compactMap { $0 }
        if words.contains(where: { $0.isLonger(than: nameLimit) }) {
            complaints.append("The words of a medium may have at most \(nameLimit) characters each")
        }
        if let size = medium.size, size < 0 { complaints.append("The size of a medium is zero bytes or more") }
        return complaints
    }
}
