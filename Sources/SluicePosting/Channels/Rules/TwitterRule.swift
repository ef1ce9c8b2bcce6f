/// X: 280 weighted characters, 25,000 with a Premium subscription; four pictures or one film.
struct TwitterRule: ServiceRule {
    let service = Service.twitter
    let textCount = TextCount.weighted

    func textLimit(on channel: Channel) -> Int {
        // `Premium` and `PremiumPlus` both have the long texts; `Basic` and none have not.
        channel.facts.subscriptionType?.lowercased().hasPrefix("premium") == true ? 25_000 : 280
    }

    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 4, videos: 1) }
}
