/// LinkedIn: 3,000 characters; 20 pictures, one film or one document.
struct LinkedInRule: ServiceRule {
    let service = Service.linkedin
    let altTextLimit = 4_086
    func textLimit(on channel: Channel) -> Int { 3_000 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 20, videos: 1, documents: 1, links: 1) }
}
