/// Start Page: Buffer's own page, which takes words, pictures and links.
struct StartPageRule: ServiceRule {
    let service = Service.startPage
    func textLimit(on channel: Channel) -> Int { 10_000 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 10, videos: 1, links: 1) }
}
