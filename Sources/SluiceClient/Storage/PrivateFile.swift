import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Small files that their owner alone can read, replaced whole.
package enum PrivateFile {
    /// What can go wrong.
    package enum Problem: Error, Equatable {
        /// Group or others may read the file; its mode in octal.
        case exposed(mode: String)
        /// It is a symbolic link.
        case link
        /// It is larger than expected.
        case tooLarge
        /// The system's words.
        case system(String)

        static var last: Problem { .system(String(cString: strerror(errno))) }
    }

    /// The content of a file; `nil` if there is none.
    package static func read(_ path: String, limitInBytes: Int) throws(Problem) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            if errno == ELOOP { throw .link }
            throw .last
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        // Asked of the open file, not of its name: what is checked is what is read.
        guard status.st_mode & 0o077 == 0 else { throw .exposed(mode: String(status.st_mode & 0o777, radix: 8)) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                #if canImport(Darwin)
                    Darwin.read(descriptor, bytes.baseAddress, bytes.count)
                #elseif canImport(Musl)
                    Musl.read(descriptor, bytes.baseAddress, bytes.count)
                #else
                    Glibc.read(descriptor, bytes.baseAddress, bytes.count)
                #endif
            }
            if count == 0 { return content }
            if count < 0 {
                if errno == EINTR { continue }
                throw .last
            }
            content += buffer[..<count]
            guard content.count <= limitInBytes else { throw .tooLarge }
        }
    }

    /// Puts `content` in the place of the file at `path` in one step that survives a power failure.
    package static func replace(_ path: String, with content: [UInt8]) throws(Problem) {
        var status = stat()
        guard lstat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFLNK else { throw .link }
        let draft = path + draftMark + String(UInt64.random(in: .min ... .max), radix: 36)
        // O_EXCL: never through a link that somebody laid there.
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last }
        do throws(Problem) {
            // A strange umask may have taken the owner's own rights.
            guard fchmod(descriptor, 0o600) == 0 else { throw Problem.last }
            try write(content, to: descriptor)
            guard sync(descriptor) else { throw Problem.last }
        } catch {
            close(descriptor)
            unlink(draft)
            throw error
        }
        // NFS and full quotas tell only now.
        guard close(descriptor) == 0, rename(draft, path) == 0 else {
            let problem = Problem.last
            unlink(draft)
            throw problem
        }
        try syncFolder(of: path)
    }

    /// Removes what processes left that died while they replaced the file. Only whoever holds the file's lock may.
    package static func removeDrafts(of path: String) {
        let folder = folder(of: path)
        let drafts = ((path as NSString).lastPathComponent) + draftMark
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(drafts) {
            unlink("\(folder)/\(name)")
        }
    }

    private static let draftMark = ".draft-"

    private static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    /// Whether what was written is on the disk itself: on Apple's systems `fsync` does not promise that.
    private static func sync(_ descriptor: Int32) -> Bool {
        #if canImport(Darwin)
            fcntl(descriptor, F_FULLFSYNC) == 0 || fsync(descriptor) == 0
        #else
            fsync(descriptor) == 0
        #endif
    }

    /// Makes the folder of `path`, and those above it, if they are missing; closed to others.
    package static func makeFolder(of path: String) throws(Problem) {
        let folder = folder(of: path)
        guard access(folder, F_OK) != 0 else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .system("the folder \(folder) cannot be made")
        }
        try syncFolder(of: folder)
    }

    private static func write(_ content: [UInt8], to descriptor: Int32) throws(Problem) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                #if canImport(Darwin)
                    Darwin.write(descriptor, bytes.baseAddress, bytes.count)
                #elseif canImport(Musl)
                    Musl.write(descriptor, bytes.baseAddress, bytes.count)
                #else
                    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                #endif
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    /// Without this the new name itself may be lost with the power.
    private static func syncFolder(of path: String) throws(Problem) {
        let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw .last }
    }
}
