/// WhatsApp: a message of 4,096 characters, or a picture, film or document with it.
struct WhatsAppRule: ServiceRule {
    let service = Service.whatsapp
    func textLimit(on channel: Channel) -> Int { 4_096 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 10, videos: 1, documents: 1) }
}
