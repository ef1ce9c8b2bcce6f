/// Bluesky: 300 characters as readers see them, four pictures or one film.
struct BlueskyRule: ServiceRule {
    let service = Service.bluesky
    let altTextLimit = 2_000
    func textLimit(on channel: Channel) -> Int { 300 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 4, videos: 1, links: 1) }
}
