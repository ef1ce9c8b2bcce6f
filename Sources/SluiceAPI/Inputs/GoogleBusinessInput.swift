import Foundation
import SluicePosting

extension PostMetadata.GoogleBusiness {
    /// A `GoogleBusinessPostMetadataInput`.
    /// - Throws: `PostingError.invalid` for details of another type than the post's.
    init(_ input: InputObject) throws(PostingError) {
        let type: PostType = input.value("type") ?? .whatsNew
        let names: [(PostType, String)] = [(.event, "detailsEvent"), (.offer, "detailsOffer"), (.whatsNew, "detailsWhatsNew")]
        for (kind, name) in names where kind != type && input.object(name) != nil {
            throw .invalid(["`\(name)` does not go with the type \(type.rawValue)"])
        }
        let details = names.first { $0.0 == type }.flatMap { input.object($0.1) }
        self.init(type: type, title: input.string("title"), details: details.map { Details(kind: type, $0) })
    }
}

extension PostMetadata.GoogleBusiness.Details {
    fileprivate init(kind: PostType, _ input: InputObject) {
        self.init(kind: kind)
        title = input.string("title")
        start = input.date("startDate")?.milliseconds
        end = input.date("endDate")?.milliseconds
        isFullDay = input.bool("isFullDayEvent") ?? false
        link = input.string("link")
        button = input.string("button")
        code = input.string("code")
        terms = input.string("terms")
    }
}

extension Date {
    /// In milliseconds since 1970. `DateTime` holds years of four digits, so it always fits.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
