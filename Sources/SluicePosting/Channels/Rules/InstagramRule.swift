/// Instagram: always with a picture or film and a type; 2,200 characters, 30 hashtags, 50 posts a day.
struct InstagramRule: ServiceRule {
    let service = Service.instagram
    let hashtagLimit: Int? = 30
    let takesTextAlone = false
    let dailyLimit: Int? = 50
    func textLimit(on channel: Channel) -> Int { 2_200 }

    func assets(with metadata: PostMetadata?) -> AssetRule {
        let carousel = AssetRule(need: .imageOrVideo, images: 10, videos: 10, mixes: true)
        guard case .instagram(let instagram) = metadata else { return carousel }
        return switch instagram.type {
        case .reel: AssetRule(need: .video, videos: 1)
        case .story: AssetRule(need: .imageOrVideo, images: 1, videos: 1)
        case .carousel: AssetRule(need: .imageOrVideo, images: 10, videos: 10, mixes: true, least: 2)
        default: carousel
        }
    }

    func metadataComplaints(_ metadata: PostMetadata?) -> [String] {
        if case .instagram(let instagram) = metadata, [.post, .story, .reel, .carousel].contains(instagram.type) { return [] }
        return ["\(subject) require a type (post, story, or reel)"]
    }
}
