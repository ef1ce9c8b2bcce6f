/// Substack: notes of words and pictures. It publishes no limits; these keep a note readable.
struct SubstackRule: ServiceRule {
    let service = Service.substack
    func textLimit(on channel: Channel) -> Int { 10_000 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 6, videos: 1, links: 1) }
}
