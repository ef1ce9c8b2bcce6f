#if canImport(Glibc)
    // Since NIO is among this target's imports, the compiler takes `stat` for declared there.
    import CDispatch
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a path names, and who may use it.
struct FileMode: Equatable {
    /// Whether it is a folder.
    let isFolder: Bool
    /// The permission bits.
    let permissions: UInt16

    /// Looks at a path; `nil` if nothing is there.
    /// - Throws: `SystemError` if it cannot be looked at.
    init?(_ path: String) throws {
        var info = stat()
        guard stat(path, &info) == 0 else {
            if errno == ENOENT { return nil }
            throw SystemError.last
        }
        isFolder = info.st_mode & S_IFMT == S_IFDIR
        permissions = UInt16(truncatingIfNeeded: info.st_mode & 0o777)
    }

    /// Whether users outside the owner's group may read, change or enter it.
    var isOpenToEverybody: Bool { permissions & 0o007 != 0 }
    /// Whether members of the group may.
    var isOpenToGroup: Bool { permissions & 0o070 != 0 }
    /// As `chmod` writes it.
    var text: String { "0" + String(permissions, radix: 8) }
}
