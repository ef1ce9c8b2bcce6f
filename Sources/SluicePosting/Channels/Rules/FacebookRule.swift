/// Facebook: a post of words, pictures or a film; a reel is one film, a story one picture or film.
struct FacebookRule: ServiceRule {
    let service = Service.facebook
    func textLimit(on channel: Channel) -> Int { 63_206 }

    func assets(with metadata: PostMetadata?) -> AssetRule {
        guard case .facebook(let facebook) = metadata else { return AssetRule(images: 10, videos: 1, links: 1) }
        return switch facebook.type {
        case .reel: AssetRule(need: .video, videos: 1)
        case .story: AssetRule(need: .imageOrVideo, images: 1, videos: 1)
        default: AssetRule(images: 10, videos: 1, links: 1)
        }
    }

    func metadataComplaints(_ metadata: PostMetadata?) -> [String] {
        guard case .facebook(let facebook) = metadata else { return [] }
        return [.post, .reel, .story].contains(facebook.type) ? [] : ["\(subject) require a type (post, story, or reel)"]
    }
}
