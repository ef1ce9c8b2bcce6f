#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks the system for a port that nobody listens at.
package enum FreePort {
    /// Why there is none.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// One sentence.
        package let description: String
    }

    /// A port that is free at `host` now.
    static func find(host: String) throws(Problem) -> Int {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_flags = AI_PASSIVE
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(host, "0", &hints, &list)
        guard failure == 0, let first = list else {
            throw Problem(description: "The host \(host) is unknown: \(String(cString: gai_strerror(failure))).")
        }
        defer { freeaddrinfo(list) }
        let info = first.pointee
        let socket = socket(info.ai_family, info.ai_socktype, info.ai_protocol)
        guard socket >= 0 else { throw systemProblem(host) }
        defer { close(socket) }
        guard bind(socket, info.ai_addr, info.ai_addrlen) == 0 else { throw systemProblem(host) }
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let port = withUnsafeMutableBytes(of: &storage) { bytes -> Int? in
            guard let base = bytes.baseAddress,
                getsockname(socket, base.assumingMemoryBound(to: sockaddr.self), &length) == 0
            else { return nil }
            // The port follows the family, in network order, in both families' addresses.
            return Int(bytes[2]) << 8 | Int(bytes[3])
        }
        guard let port, port > 0 else { throw systemProblem(host) }
        return port
    }

    private static func systemProblem(_ host: String) -> Problem {
        Problem(description: "No port at \(host) could be taken: \(String(cString: strerror(errno))).")
    }
}
