// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "sluice",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "SluiceOAuth", targets: ["SluiceOAuth"]),
        .library(name: "SluiceAuthority", targets: ["SluiceAuthority"]),
        .library(name: "SluiceGraphQL", targets: ["SluiceGraphQL"]),
        .library(name: "SluicePosting", targets: ["SluicePosting"]),
        .library(name: "SluiceClient", targets: ["SluiceClient"]),
        .library(name: "SluiceHTTPTransport", targets: ["SluiceHTTPTransport"]),
        .library(name: "SluiceResourceServer", targets: ["SluiceResourceServer"]),
        .executable(name: "sluice", targets: ["sluice"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: [.defaults, "CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-structured-headers.git", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    // From what knows nothing to what knows all: a target may use those above it that its line names, and `scripts/lint` holds
    // every import against the picture in docs/design.md.
    targets: [
        // Debian's libargon2: the one C library of our own choice. SQLite comes with GRDB.
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .target(
            name: "SluiceOAuth",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        .target(
            name: "SluiceAuthority",
            dependencies: [
                "CArgon2", "SluiceOAuth",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(name: "SluiceGraphQL"),
        .target(name: "SluicePosting"),
        .target(
            name: "SluiceAPI", dependencies: ["SluiceAuthority", "SluiceGraphQL", "SluiceOAuth", "SluicePosting"],
            resources: [.embedInCode("Resources")]),
        .target(
            name: "SluiceSQLite",
            dependencies: [
                "SluiceAuthority", "SluiceOAuth", "SluicePosting", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(
            name: "SluiceServer",
            dependencies: [
                "SluiceAPI", "SluiceAuthority", "SluiceOAuth", "SluicePosting",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Resources")]),
        .target(
            name: "SluiceClient",
            dependencies: [
                "SluiceOAuth", .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
            ]),
        .target(
            name: "SluiceHTTPTransport",
            dependencies: [
                "SluiceClient",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .target(
            name: "SluiceResourceServer",
            dependencies: [
                "SluiceClient", "SluiceOAuth",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "SluiceCLI",
            dependencies: [
                "SluiceAuthority", "SluiceClient", "SluiceHTTPTransport", "SluiceOAuth", "SluicePosting", "SluiceSQLite",
                "SluiceServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("Resources")]),
        .executableTarget(name: "sluice", dependencies: ["SluiceCLI"]),
        // What every engine must pass, races included: a library, so that each engine's tests run the same suite.
        .target(
            name: "SluiceStoreContract",
            dependencies: ["SluiceAuthority", "SluiceOAuth", "SluicePosting"], path: "Tests/SluiceStoreContract"),
        .testTarget(name: "SluiceOAuthTests", dependencies: ["SluiceOAuth", .product(name: "Crypto", package: "swift-crypto")]),
        .testTarget(name: "SluiceGraphQLTests", dependencies: ["SluiceGraphQL"]),
        // The engine as a program, which the conformance tests hold against other implementations.
        .executableTarget(name: "GraphQLProbe", dependencies: ["SluiceGraphQL"], path: "Tests/GraphQLProbe"),
        .testTarget(name: "SluicePostingTests", dependencies: ["SluicePosting"]),
        .testTarget(
            name: "SluiceAPITests",
            dependencies: ["SluiceAPI", "SluiceAuthority", "SluiceGraphQL", "SluiceOAuth", "SluicePosting", "SluiceSQLite"]),
        .testTarget(
            name: "SluiceAuthorityTests",
            dependencies: [
                "SluiceAuthority", "SluiceOAuth", "SluiceSQLite", .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(
            name: "SluiceSQLiteTests",
            dependencies: [
                "SluiceAuthority", "SluiceOAuth", "SluicePosting", "SluiceSQLite", "SluiceStoreContract",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "SluiceServerTests",
            dependencies: [
                "SluiceAPI", "SluiceAuthority", "SluiceClient", "SluiceOAuth", "SluicePosting", "SluiceSQLite", "SluiceServer",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "SluiceClientTests",
            dependencies: ["SluiceClient", "SluiceOAuth"]),
        // The SDK over real sockets, against a real server and against ones that misbehave.
        .testTarget(
            name: "SluiceClientLiveTests",
            dependencies: [
                "SluiceAuthority", "SluiceClient", "SluiceHTTPTransport", "SluiceOAuth", "SluicePosting", "SluiceSQLite",
                "SluiceServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "SluiceResourceServerTests",
            dependencies: [
                "SluiceClient", "SluiceOAuth", "SluiceResourceServer",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .testTarget(
            name: "SluiceCLITests",
            dependencies: [
                "SluiceCLI", "SluiceClient", "SluiceOAuth", "SluicePosting", "SluiceServer",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
    ]
)

// One place for every target's compiler settings.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
