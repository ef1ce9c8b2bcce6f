import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A lock between processes, and between tasks of one: whoever holds it has the only open file with `flock` on it. The system takes
/// it back from a process that dies.
package struct FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock on the file at `path`, which is made if it is missing and never removed: a lock on a removed file is a lock that
    /// nobody else sees.
    /// - Throws: `TokenStorageError`; `CancellationError`.
    package static func take(_ path: String, patience: Duration) async throws -> FileLock {
        try PrivateFile.makeFolder(of: path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw TokenStorageError.unwritable("\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        do {
            let deadline = ContinuousClock.now + patience
            var pause = Duration.milliseconds(2)
            // Asked again and again instead of waiting inside the call: that would block one of the few threads that all tasks share.
            while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                guard errno == EWOULDBLOCK || errno == EINTR else {
                    throw TokenStorageError.unwritable("\(path) cannot be locked: \(String(cString: strerror(errno))).")
                }
                guard ContinuousClock.now < deadline else {
                    throw TokenStorageError.busy("Another process holds \(path) for too long.")
                }
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .milliseconds(50))
            }
            return FileLock(descriptor: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Gives the lock back.
    package func release() { close(descriptor) }
}
