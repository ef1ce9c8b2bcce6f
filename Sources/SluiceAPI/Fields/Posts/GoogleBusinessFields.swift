import Foundation
import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// What a post at Google Business Profile has.
enum GoogleBusinessFields {
    private typealias Details = PostMetadata.GoogleBusiness.Details

    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(MetadataOf<PostMetadata.GoogleBusiness>.self, "GoogleBusinessPostMetadata") { google in
            google.common(type: \.type)
            google.field("details") { $0.members.details.map(value) }
            google.field("title") { $0.members.title }
        }
        resolvers.object(Details.self, "GoogleBusinessWhatsNewMetaData") { news in
            news.field("button") { $0.button ?? "none" }
            news.field("link") { $0.link }
        }
        resolvers.object(Details.self, "GoogleBusinessOfferMetaData") { offer in
            offer.field("code") { $0.code }
            offer.field("endDate") { text($0.end) }
            offer.field("link") { $0.link }
            offer.field("startDate") { text($0.start) }
            offer.field("terms") { $0.terms }
            offer.field("title") { $0.title ?? "" }
        }
        resolvers.object(Details.self, "GoogleBusinessEventMetaData") { event in
            event.field("button") { $0.button ?? "none" }
            event.field("endDate") { text($0.end) }
            event.field("endTime") { _ in String?.none }
            event.field("isFullDayEvent") { $0.isFullDay }
            event.field("link") { $0.link }
            event.field("startDate") { text($0.start) }
            event.field("startTime") { _ in String?.none }
            event.field("title") { $0.title ?? "" }
        }
    }

    /// The member of the union. A draft may lack what the schema wants of an event or an offer; such details are not shown yet.
    private static func value(of details: Details) -> FieldValue {
        switch details.kind {
        case .event where details.start != nil && details.end != nil: .object(details, as: "GoogleBusinessEventMetaData")
        case .offer where details.start != nil && details.end != nil: .object(details, as: "GoogleBusinessOfferMetaData")
        case .whatsNew: .object(details, as: "GoogleBusinessWhatsNewMetaData")
        default: .null
        }
    }

    private static func text(_ milliseconds: Int64?) -> String? {
        milliseconds.map { Timestamp.text(Date(milliseconds: $0)) }
    }
}
