/// TikTok: one film or up to 35 pictures; 2,200 code units of text; 25 posts a day.
struct TikTokRule: ServiceRule {
    static let titleLimit = 90

    let service = Service.tiktok
    let textCount = TextCount.utf16
    let takesTextAlone = false
    let dailyLimit: Int? = 25
    func textLimit(on channel: Channel) -> Int { 2_200 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(need: .imageOrVideo, images: 35, videos: 1) }

    func metadataComplaints(_ metadata: PostMetadata?) -> [String] {
        guard case .tiktok(let tiktok) = metadata, let title = tiktok.title, title.utf16.count > Self.titleLimit else {
            return []
        }
        return ["The title of a \(service.name) post may have at most \(Self.titleLimit) characters"]
    }
}
