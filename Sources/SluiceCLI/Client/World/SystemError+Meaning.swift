#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension SystemError {
    /// Whether there is no such file.
    var isMissingFile: Bool { code == ENOENT }
    /// As if the system had refused a file for its size.
    static let tooLarge = SystemError(code: EFBIG)
}
