import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAPI

@Suite("assets")
struct AssetFieldsTests {
    @Test func `pictures, films and documents come back as given, without ids, and with 0 for what only the file could tell`()
        async throws
    {
        let world = try await World()
        let fields = """
            id type mimeType source thumbnail
            ... on ImageAsset { image { altText animatedThumbnail width height isAnimated userTags { handle x y } } }
            ... on VideoAsset { video { durationMs width height fileSize frameRate audioCodec videoCodec containerFormat
              isTranscodingRequired isVideoProcessing rotationDegree videoBitRate thumbnailOffset title } }
            ... on DocumentAsset { document { filesize numPages thumbnails title } }
            """
        func assets(_ service: Service, _ asset: JSONValue, _ metadata: JSONValue = .null) async throws -> JSONValue? {
            let channel = try await world.channel(service)
            let reply = try await world.ask(
                """
                mutation ($input: CreatePostInput!) { createPost(input: $input) {
                  ... on PostActionSuccess { post { assets { \(fields) } } } ... on MutationError { message } } }
                """, CreatePostTests.input(channel, ["assets": [asset], "metadata": metadata]))
            return reply["createPost.post.assets.0"] ?? reply.json
        }
        let full: JSONValue = [
            "image": [
                "url": "https://example.com/cat.PNG?size=2", "thumbnailUrl": "https://example.com/small.png",
                "metadata": [
                    "altText": "A cat", "dimensions": ["width": 640, "height": 480],
                    "userTags": [["handle": "ada", "x": 0.25, "y": 1]],
                ],
            ]
        ]
        #expect(
            try await assets(.instagram, full, ["instagram": ["type": "post", "shouldShareToFeed": true]]) == [
                "id": nil, "type": "image", "mimeType": "image/png", "source": "https://example.com/cat.PNG?size=2",
                "thumbnail": "https://example.com/small.png",
                "image": [
                    "altText": "A cat", "animatedThumbnail": nil, "width": 640, "height": 480, "isAnimated": false,
                    "userTags": [["handle": "ada", "x": 0.25, "y": 1]],
                ],
            ])
        #expect(
            try await assets(.mastodon, ["image": ["url": "https://example.com/moving.gif"]]) == [
                "id": nil, "type": "image", "mimeType": "image/gif", "source": "https://example.com/moving.gif",
                "thumbnail": "https://example.com/moving.gif",
                "image": [
                    "altText": "", "animatedThumbnail": nil, "width": 0, "height": 0, "isAnimated": true, "userTags": [],
                ],
            ])
        #expect(
            try await assets(
                .tiktok,
                ["video": ["url": "https://example.com/film", "metadata": ["title": "Film", "thumbnailOffset": 1_500]]]) == [
                    "id": nil, "type": "video", "mimeType": "video/mp4", "source": "https://example.com/film", "thumbnail": "",
                    "video": [
                        "durationMs": 0, "width": 0, "height": 0, "fileSize": nil, "frameRate": nil, "audioCodec": nil,
                        "videoCodec": nil, "containerFormat": nil, "isTranscodingRequired": false, "isVideoProcessing": false,
                        "rotationDegree": nil, "videoBitRate": nil, "thumbnailOffset": 1_500, "title": "Film",
                    ],
                ])
        #expect(
            try await assets(
                .linkedin,
                [
                    "document": [
                        "url": "https://example.com/report.pdf", "title": "Report", "thumbnailUrl": "https://example.com/p1.png",
                    ]
                ]) == [
                    "id": nil, "type": "document", "mimeType": "application/pdf", "source": "https://example.com/report.pdf",
                    "thumbnail": "https://example.com/p1.png",
                    "document": [
                        "filesize": nil, "numPages": 0, "thumbnails": ["https://example.com/p1.png"], "title": "Report",
                    ],
                ])
    }

    @Test(arguments: [
        ("https://example.com/a.jpg", "image/jpeg"), ("https://example.com/a.JPEG#x", "image/jpeg"),
        ("https://example.com/a.webp?x=.mp4", "image/webp"), ("https://example.com/a.mov", "video/quicktime"),
        ("https://example.com/a.b/c", "image/png"), ("https://example.com/", "image/png"), ("", "image/png"),
        ("https://example.png", "image/png"), ("https://example.com/a.", "image/png"),
        ("https://example.com/a.verylongending", "image/png"), ("https://example.com/a.svg", "image/svg+xml"),
    ])
    func `the media type is guessed from how the path ends`(address: String, type: String) {
        #expect(MediaType(of: address, else: .png).text == type)
    }
}
