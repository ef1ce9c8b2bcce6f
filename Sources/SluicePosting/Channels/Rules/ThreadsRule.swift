/// Threads: 500 characters, emoji by their bytes; up to 20 pictures and films together; 250 posts a day.
struct ThreadsRule: ServiceRule {
    let service = Service.threads
    let textCount = TextCount.threads
    let dailyLimit: Int? = 250
    func textLimit(on channel: Channel) -> Int { 500 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 20, videos: 20, links: 1, mixes: true) }
}
