/// The media type of a file, guessed from how its address ends.
enum MediaType: String, CaseIterable {
    case jpeg, png, gif, webp, avif, heic, svg, bmp, tiff, mp4, mov, webm, avi, mkv, pdf, doc, docx, ppt, pptx

    /// - Parameter usual: What it is taken for if the address does not tell.
    init(of address: String, else usual: MediaType) {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        let name = path.suffix(12).split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let ending = parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
        self = Self.aliases[ending] ?? MediaType(rawValue: ending) ?? usual
    }

    private static let aliases: [String: MediaType] = [
        "jpg": .jpeg, "jpe": .jpeg, "tif": .tiff, "m4v": .mp4, "qt": .mov, "heif": .heic,
    ]

    /// `image/jpeg`
    var text: String {
        switch self {
        case .jpeg, .png, .gif, .webp, .avif, .heic, .bmp, .tiff: "image/\(rawValue)"
        case .svg: "image/svg+xml"
        case .mp4, .webm: "video/\(rawValue)"
        case .mov: "video/quicktime"
        case .avi: "video/x-msvideo"
        case .mkv: "video/x-matroska"
        case .pdf: "application/pdf"
        case .doc: "application/msword"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .ppt: "application/vnd.ms-powerpoint"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        }
    }
}
