import SluiceServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Failure {
    /// What an error while serving means to whoever started the server; an error that says nothing about that is passed on.
    /// - Parameter kept: What became of the data.
    static func serving(_ error: any Error, at configuration: ServerConfiguration, kept: String) -> any Error {
        // NIO's error says its `errno` in its text alone, unless one wants NIO itself here for this.
        let text = String(describing: error)
        let place = "\(configuration.host):\(configuration.port)"
        if text.contains("(errno: \(EADDRINUSE))") {
            return Failure(
                .busy, "Another program listens at \(place) already.", kept: kept,
                next: "Stop it, or choose another port: --port 0 picks a free one and prints it.")
        }
        if text.contains("(errno: \(EACCES))") {
            return Failure(
                .refused, "This user may not listen at \(place).", kept: kept,
                next: "Choose a port from 1024 up, or allow the binary to take it.")
        }
        if text.contains("(errno: \(EADDRNOTAVAIL))") || text.contains("UnknownHost") || text.contains("resolve")
            || error is FreePort.Problem
        {
            return Failure(
                .misconfigured, "The address \(configuration.host) is not one of this machine's.", kept: kept,
                next: "Correct --host: 127.0.0.1 for this machine alone, 0.0.0.0 for all.")
        }
        return error
    }
}
