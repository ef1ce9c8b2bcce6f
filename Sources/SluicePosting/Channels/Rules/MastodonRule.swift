/// Mastodon: 500 characters or what its server takes, a warning in front counted too; four pictures or one film.
struct MastodonRule: ServiceRule {
    /// What a server takes that says nothing else.
    static let usualTextLimit = 500

    let service = Service.mastodon
    let textCount = TextCount.mastodon
    let altTextLimit = 1_500
    func textLimit(on channel: Channel) -> Int { channel.facts.maxCharacters ?? Self.usualTextLimit }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 4, videos: 1) }

    func wordsBeside(_ metadata: PostMetadata?) -> String {
        if case .mastodon(let mastodon) = metadata { mastodon.spoilerText ?? "" } else { "" }
    }
}
