import Foundation

@testable import SluiceServer

/// A certificate for `localhost` that signed itself, good for a hundred years, and its key. Worth nothing anywhere else.
enum TestCertificate {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBnDCCAUGgAwIBAgIUYytPv8s7BwJri1w+leZlnv7HA1QwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE3MTQxM1oYDzIxMjYxMDMw
        MTcxNDEzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATyeuSSTXFT7naBBWY9CZV6k8qP8RNtbOdXUxLple4eOBbCEtfby9Du
        rov8RVwqYCh6JGxuPKif1+riTB9suUFto28wbTAdBgNVHQ4EFgQUklW5PkI/Tbyj
        F+9KYA6ovVrNbj8wHwYDVR0jBBgwFoAUklW5PkI/TbyjF+9KYA6ovVrNbj8wDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSQAwRgIhAOu3NYaP+2pH2xOx83LaN/W1vA7BrY9g++jdCuQ8tghEAiEA
        xaXq1loq3Qbh47vuZ8KsoPB/UBYdXFoIsWf5n+7+4ow=
        -----END CERTIFICATE-----
        """
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgadllP0VwTungzm+y
        DqFxarnAzNbcddC96itsP7p85rKhRANCAATyeuSSTXFT7naBBWY9CZV6k8qP8RNt
        bOdXUxLple4eOBbCEtfby9Durov8RVwqYCh6JGxuPKif1+riTB9suUFt
        -----END PRIVATE KEY-----
        """
    /// The key of nobody's certificate.
    static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGZb/WysWG1yelkO2
        sP9ytYbZjHwSQipxcIvsdhSMV6WhRANCAATve8alDJDqXoyilhFfwU8FcZe9QeV1
        4NaSP3OyEIHHy7VRWS+bgeFu3SnBCvaN3Fk7iPqX3vAbHpvBmbrM2Smv
        -----END PRIVATE KEY-----
        """

    /// Writes texts to files of a new folder, which is removed after `body`.
    static func withFiles<Value>(
        _ certificate: String = certificate, _ key: String = key,
        _ body: (ServerConfiguration.TLSFiles) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = (folder.appending(path: "certificate.pem"), folder.appending(path: "key.pem"))
        try Data(certificate.utf8).write(to: files.0)
        try Data(key.utf8).write(to: files.1)
        return try await body(.init(certificate: files.0.path, key: files.1.path))
    }
}
