/// YouTube: one film with a title and a category; the text is its description, which YouTube counts in bytes.
struct YouTubeRule: ServiceRule {
    static let titleLimit = 100

    let service = Service.youtube
    let textCount = TextCount.bytes
    let takesTextAlone = false
    func textLimit(on channel: Channel) -> Int { 5_000 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(need: .video, videos: 1) }

    func metadataComplaints(_ metadata: PostMetadata?) -> [String] {
        let said = if case .youtube(let youtube) = metadata { youtube } else { PostMetadata.YouTube() }
        let title = said.title ?? ""
        var complaints: [String] = []
        if title.isBlank { complaints.append("\(subject) require a title") }
        if title.count > Self.titleLimit {
            complaints.append("The title of a \(service.name) post may have at most \(Self.titleLimit) characters")
        }
        if said.categoryID?.isEmpty ?? true { complaints.append("\(subject) require a category") }
        if let privacy = said.privacy, !["public", "unlisted", "private"].contains(privacy) {
            complaints.append("The privacy of a \(service.name) post is public, unlisted or private")
        }
        if let license = said.license, !["youtube", "creativeCommon"].contains(license) {
            complaints.append("The license of a \(service.name) post is youtube or creativeCommon")
        }
        return complaints
    }
}
