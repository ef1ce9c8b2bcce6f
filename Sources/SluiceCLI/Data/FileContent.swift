#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A failed system call.
struct SystemError: Error, Equatable {
    /// Its `errno`.
    let code: Int32

    /// The system's words for it.
    var words: String { String(cString: strerror(code)) }

    /// The call that just failed.
    static var last: SystemError { SystemError(code: errno) }
}

/// Reads and writes small files whole.
enum FileContent {
    /// What an open file holds, up to one byte more than `limitInBytes`, which tells the caller that there was more.
    static func read(descriptor: Int32, limitInBytes: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(limitInBytes + 1, 65_536))
        while content.count <= limitInBytes {
            let wanted = min(buffer.count, limitInBytes + 1 - content.count)
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, wanted) }
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw SystemError.last
            }
            content += buffer[..<count]
        }
        return content
    }

    /// What the file at `path` holds; see `read(descriptor:limitInBytes:)`.
    static func read(_ path: String, limitInBytes: Int) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError.last }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, limitInBytes: limitInBytes)
    }

    /// Writes all bytes. Whether somebody reads them is not this command's business: a closed pipe is no failure.
    /// - Returns: Whether all were written.
    @discardableResult
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = systemWrite(descriptor, part.baseAddress, part.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    /// Makes the file `path` with this content, readable for its owner alone, complete from the first moment that it can be seen.
    ///
    /// The content is written and synced under another name first: of two processes that do this at once one wins, and the other never
    /// sees half a file.
    /// - Returns: `false` if the file exists already; then it is left alone.
    static func createWhole(_ path: String, _ bytes: [UInt8]) throws -> Bool {
        let draft = "\(path).\(getpid())-\(UInt32.random(in: .min ... .max))"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError.last }
        defer { unlink(draft) }
        do {
            defer { close(descriptor) }
            // Whatever the umask is: an owner who may not read the file could not start a second time.
            guard fchmod(descriptor, 0o600) == 0, write(bytes, to: descriptor), fsync(descriptor) == 0 else {
                throw SystemError.last
            }
        }
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return false }
            throw SystemError.last
        }
        try syncFolder(of: path)
        return true
    }

    /// Puts a file with this content in the place of whatever is at `path`, readable for its owner alone.
    static func replace(_ path: String, _ bytes: [UInt8]) throws {
        let draft = "\(path).\(getpid())-\(UInt32.random(in: .min ... .max))"
        guard try createWhole(draft, bytes) else { throw SystemError(code: EEXIST) }
        guard rename(draft, path) == 0 else {
            let error = SystemError.last
            unlink(draft)
            throw error
        }
    }

    /// Removes a file; one that is not there is as good as removed.
    static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw SystemError.last }
    }

    /// Makes sure that a name that was just added to a folder is still there after a power cut.
    private static func syncFolder(of path: String) throws {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError.last }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError.last }
    }
}

// Named apart from the methods above, which would hide them.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
