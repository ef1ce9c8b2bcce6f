import AsyncHTTPClient
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOSSL
import Testing

@testable import SluiceServer

@Suite("TLS")
struct TLSTests {
    private static func withClient<Value>(_ body: (HTTPClient) async throws -> Value) async throws -> Value {
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = .makeClientConfiguration()
        configuration.tlsConfiguration?.certificateVerification = .none
        configuration.httpVersion = .automatic
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let value = try await body(client)
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    @Test func `pages and tokens come over TLS as HTTP 1.1, and browsers are told to insist on it`() async throws {
        try await TestCertificate.withFiles { files in
            try await withServer(ServerConfiguration(port: 0, tls: files), routes: testRoutes()) { port in
                try await Self.withClient { client in
                    let url = "https://127.0.0.1:\(port)/jwks"
                    let response = try await client.execute(HTTPClientRequest(url: url), timeout: .seconds(5))
                    #expect(response.status.code == 200)
                    #expect(response.version.major == 1)
                    #expect(response.headers.first(name: "strict-transport-security") == "max-age=31536000")
                }
            }
        }
    }

    @Test func `the connection guard works under TLS: a body that drips is told 408`() async throws {
        try await TestCertificate.withFiles { files in
            let configuration = ServerConfiguration(port: 0, tls: files, requestDeadline: .milliseconds(300))
            try await withServer(configuration, routes: testRoutes()) { port in
                try await Self.withClient { client in
                    var request = HTTPClientRequest(url: "https://127.0.0.1:\(port)/token")
                    request.method = .POST
                    request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
                    let (body, drip) = AsyncStream<ByteBuffer>.makeStream()
                    drip.yield(ByteBuffer(string: "a="))
                    request.body = .stream(body, length: .known(Int64(1_000)))
                    let response = try await client.execute(request, timeout: .seconds(5))
                    #expect(response.status.code == 408)
                    drip.finish()
                }
            }
        }
    }

    @Test func `files that cannot be used are named, with the reason`() async throws {
        func problem(_ certificate: String, _ key: String) async throws -> String? {
            try await TestCertificate.withFiles(certificate, key) { files -> String? in
                do {
                    _ = try TLSMaterial.load(files)
                    return nil
                } catch let error as TLSMaterial.Problem {
                    #expect(error.description.contains(files.certificate) || error.description.contains(files.key))
                    return error.description
                }
            }
        }
        let certificate = TestCertificate.certificate
        #expect(try await problem(certificate, TestCertificate.key) == nil)
        #expect(try await problem("", TestCertificate.key)?.contains("holds no certificate") == true)
        #expect(try await problem(certificate, "no key")?.contains("holds no private key") == true)
        #expect(try await problem(certificate, TestCertificate.otherKey)?.contains("does not belong") == true)
        #expect(throws: TLSMaterial.Problem(description: "The TLS certificate /nowhere/c.pem cannot be read.")) {
            try TLSMaterial.load(.init(certificate: "/nowhere/c.pem", key: "/nowhere/k.pem"))
        }
        try await TestCertificate.withFiles { files in
            let late = Date(timeIntervalSince1970: 9e9)
            #expect(throws: TLSMaterial.Problem(description: "The TLS certificate \(files.certificate) has expired.")) {
                try TLSMaterial.load(files, now: late)
            }
        }
    }
}
