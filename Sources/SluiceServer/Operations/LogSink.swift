import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where log lines go. A line is handed over whole.
package struct LogSink: Sendable {
    let write: @Sendable ([UInt8]) -> Void

    /// - Parameter write: Gets each line with its line feed; may be called by several threads at once.
    package init(_ write: @escaping @Sendable ([UInt8]) -> Void) { self.write = write }

    /// Standard error, where a service manager or container picks lines up.
    package static let standardError = LogSink(fileDescriptor: 2)

    /// A file descriptor, for example 1 for standard output. Lines are not mixed.
    package init(fileDescriptor: Int32) {
        let turn = Turn()
        write = { line in
            turn.taken.withLock { _ in
                line.withUnsafeBytes { bytes in
                    var rest = bytes[...]
                    while !rest.isEmpty {
                        let count = systemWrite(fileDescriptor, UnsafeRawBufferPointer(rebasing: rest))
                        if count > 0 {
                            rest = rest.dropFirst(count)
                        } else if errno != EINTR {
                            return  // nobody is there to be told
                        }
                    }
                }
            }
        }
    }

    private final class Turn: Sendable {
        let taken = Mutex(())
    }
}

private func systemWrite(_ fileDescriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(fileDescriptor, bytes.baseAddress, bytes.count)
}
