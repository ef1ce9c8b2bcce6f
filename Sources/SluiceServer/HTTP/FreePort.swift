#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks the system for a port that nobody has.
package enum FreePort {
    /// Why there is none.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// One sentence.
        package let description: String
    }

    /// Takes a port at `host`.
    /// - Parameter port: Which; 0 for one that is free now.
    package static func hold(host: String, port: Int = 0) throws(Problem) -> HeldPort {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_flags = AI_PASSIVE
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(host, String(port), &hints, &list)
        guard failure == 0, let first = list else {
            throw Problem(description: "The host \(host) is unknown: \(String(cString: gai_strerror(failure))).")
        }
        defer { freeaddrinfo(list) }
        let info = first.pointee
        let socket = socket(info.ai_family, info.ai_socktype, info.ai_protocol)
        guard socket >= 0 else { throw systemProblem(host) }
        // From here on, whatever is thrown closes it.
        var held = HeldPort(number: port, socket: socket)
        // As a server's own socket has it: connections of one that ended lately are no conflict. A free port has had none, and
        // without the option even servers that have it keep away.
        var reuses: Int32 = port == 0 ? 0 : 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
        guard bind(socket, info.ai_addr, info.ai_addrlen) == 0 else { throw systemProblem(host) }
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let bound = withUnsafeMutableBytes(of: &storage) { bytes -> Int? in
            guard let base = bytes.baseAddress,
                getsockname(socket, base.assumingMemoryBound(to: sockaddr.self), &length) == 0
            else { return nil }
            // The port follows the family, in network order, in both families' addresses.
            return Int(bytes[2]) << 8 | Int(bytes[3])
        }
        guard let bound, bound > 0 else { throw systemProblem(host) }
        held.number = bound
        return held
    }

    private static func systemProblem(_ host: String) -> Problem {
        let number = errno
        return Problem(description: "No port at \(host) could be taken: \(String(cString: strerror(number))) (errno: \(number)).")
    }
}

/// A port that nobody else gets, until it is let go for the server that listens there.
package struct HeldPort: ~Copyable {
    /// Which.
    package fileprivate(set) var number: Int
    private let socket: Int32

    fileprivate init(number: Int, socket: Int32) {
        self.number = number
        self.socket = socket
    }

    deinit { close(socket) }

    /// Lets it go.
    package consuming func release() {}
}
