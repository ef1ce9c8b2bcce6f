/// Pinterest: a picture or film that goes to a board; 500 characters, a title of 100.
struct PinterestRule: ServiceRule {
    static let titleLimit = 100

    let service = Service.pinterest
    let takesTextAlone = false
    let altTextLimit = 500
    func textLimit(on channel: Channel) -> Int { 500 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(need: .imageOrVideo, images: 5, videos: 1) }

    func metadataComplaints(_ metadata: PostMetadata?) -> [String] {
        let said = if case .pinterest(let pinterest) = metadata { pinterest } else { PostMetadata.Pinterest() }
        var complaints: [String] = []
        if said.boardServiceID?.isEmpty ?? true { complaints.append("\(subject) require a board") }
        if let title = said.title, title.count > Self.titleLimit {
            complaints.append("The title of a \(service.name) post may have at most \(Self.titleLimit) characters")
        }
        return complaints
    }
}
