/// Which assets a post of a service takes, and which it cannot do without.
struct AssetRule: Sendable {
    /// What has to be there.
    enum Need: Sendable {
        case nothing, image, imageOrVideo, video
    }

    var need = Need.nothing
    var images = 0
    var videos = 0
    var documents = 0
    /// Links in the older way, which `linkAttachment` took the place of.
    var links = 0
    /// Whether pictures and films may stand beside each other.
    var mixes = false
    /// How many pictures and films together.
    var total: Int { mixes ? max(images, videos) : images + videos }
    /// How many there have to be at least, where it is more than one.
    var least = 0

    /// What is wrong with the assets of a post.
    /// - Parameter subject: Who says so: `Instagram posts`.
    func complaints(about assets: [Asset], subject: String) -> [String] {
        let counts = AssetCounts(assets)
        var complaints: [String] = []
        switch need {
        case .nothing: break
        case .image where counts.images == 0: complaints.append("\(subject) require at least one image")
        case .imageOrVideo where counts.media == 0: complaints.append("\(subject) require at least one image or video")
        case .video where counts.videos == 0: complaints.append("\(subject) require a video")
        case .image, .imageOrVideo, .video: break
        }
        func check(_ count: Int, _ limit: Int, _ one: String, _ many: String) {
            guard count > limit else { return }
            complaints.append(
                limit == 0 ? "\(subject) do not take \(many)" : "\(subject) take at most \(limit == 1 ? one : "\(limit) \(many)")"
            )
        }
        check(counts.images, images, "one image", "images")
        check(counts.videos, videos, "one video", "videos")
        check(counts.documents, documents, "one document", "documents")
        check(counts.links, links, "one link", "links")
        if counts.kinds > 1, !mixes || counts.documents + counts.links > 0 {
            complaints.append("\(subject) do not take different kinds of assets together")
        } else if mixes, counts.media > total, counts.images <= images, counts.videos <= videos {
            complaints.append("\(subject) take at most \(total) images and videos together")
        }
        if least > 1, counts.media > 0, counts.media < least { complaints.append("\(subject) require at least \(least) assets") }
        return complaints
    }
}

/// How many assets there are of each kind.
struct AssetCounts {
    private(set) var images = 0
    private(set) var videos = 0
    private(set) var documents = 0
    private(set) var links = 0

    init(_ assets: [Asset]) {
        for asset in assets {
            switch asset {
            case .image: images += 1
            case .video: videos += 1
            case .document: documents += 1
            case .link: links += 1
            }
        }
    }

    var media: Int { images + videos }
    var kinds: Int { [images, videos, documents, links].count { $0 > 0 } }
}
