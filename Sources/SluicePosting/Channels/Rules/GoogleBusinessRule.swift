/// Google Business Profile: a kind of post with what belongs to it; 1,500 characters and one picture.
struct GoogleBusinessRule: ServiceRule {
    static let titleLimit = 58

    let service = Service.googlebusiness
    func textLimit(on channel: Channel) -> Int { 1_500 }
    func assets(with metadata: PostMetadata?) -> AssetRule { AssetRule(images: 1) }

    func metadataComplaints(_ metadata: PostMetadata?) -> [String] {
        guard case .google(let google) = metadata, [.whatsNew, .offer, .event].contains(google.type) else {
            return ["\(subject) require a type (what's new, offer, or event)"]
        }
        guard let details = google.details, details.kind == google.type else {
            return ["\(subject) of the type \(google.type.rawValue) require the details of that type"]
        }
        return switch google.type {
        case .event: spanComplaints(details, title: details.title ?? google.title, word: "event") + buttonComplaints(details)
        case .offer: spanComplaints(details, title: details.title ?? google.title, word: "offer")
        default: buttonComplaints(details)
        }
    }

    private func spanComplaints(_ details: PostMetadata.GoogleBusiness.Details, title: String?, word: String) -> [String] {
        var complaints: [String] = []
        let title = title ?? ""
        if title.isBlank { complaints.append("The \(word) of a \(service.name) post requires a title") }
        if title.count > Self.titleLimit {
            complaints.append("The title of a \(service.name) \(word) may have at most \(Self.titleLimit) characters")
        }
        guard let start = details.start, let end = details.end else {
            return complaints + ["The \(word) of a \(service.name) post requires a start and an end"]
        }
        return end < start ? complaints + ["The \(word) of a \(service.name) post ends before it starts"] : complaints
    }

    private func buttonComplaints(_ details: PostMetadata.GoogleBusiness.Details) -> [String] {
        guard let button = details.button, button != "none", button != "call", details.link?.isEmpty ?? true else { return [] }
        return ["The button of a \(service.name) post requires a link"]
    }
}
