import NIOCore
import NIOSSL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Certificate and key, read and found to fit together.
enum TLSMaterial {
    /// Why they cannot be used.
    struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        let description: String
    }

    /// A configuration for HTTP/1.1 over TLS 1.2 or 1.3.
    /// - Throws: ``Problem``, in words that name the file.
    static func load(_ files: ServerConfiguration.TLSFiles, now: Date = Date()) throws(Problem) -> TLSConfiguration {
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMBytes(bytes(files.certificate, "certificate"))
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(description: "The TLS certificate \(files.certificate) holds no certificate in PEM.")
        }
        guard let leaf = certificates.first else {
            throw Problem(description: "The TLS certificate \(files.certificate) holds no certificate in PEM.")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: bytes(files.key, "key"), format: .pem)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(description: "The TLS key \(files.key) holds no private key in PEM without a password.")
        }
        if Date(timeIntervalSince1970: Double(leaf.notValidAfter)) <= now {
            throw Problem(description: "The TLS certificate \(files.certificate) has expired.")
        }
        if Date(timeIntervalSince1970: Double(leaf.notValidBefore)) > now {
            throw Problem(description: "The TLS certificate \(files.certificate) is not valid yet.")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // How long a closing connection waits for the other side's goodbye. The default, five seconds, delays a restart.
        configuration.shutdownTimeout = .seconds(1)
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw Problem(
                description: "The TLS key \(files.key) does not belong to the certificate \(files.certificate).")
        }
        return configuration
    }

    private static func bytes(_ path: String, _ what: String) throws(Problem) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw Problem(description: "The TLS \(what) \(path) cannot be read.")
        }
    }
}
