/// What the command tells the shell. The numbers are those of `sysexits.h`, so other tools know them too.
package enum Outcome: Int32, Sendable, CaseIterable {
    /// Done.
    case ok = 0
    /// Something failed that has no number of its own; `doctor` found something broken.
    case failed = 1
    /// The command line itself is wrong.
    case usage = 64
    /// What was given does not pass a rule: an address, a password, a redirect URI, a key file's content.
    case invalid = 65
    /// There is no such account, key, client, grant, profile, file or data folder.
    case notFound = 66
    /// Nobody is signed in, or the server refuses the credential.
    case unauthenticated = 67
    /// No answer from the server.
    case unreachable = 68
    /// The database, or a file of tokens or profiles, cannot be used: locked, read-only, damaged, its disk full.
    case unavailable = 69
    /// A file or folder cannot be made, or exists and is not overwritten.
    case cannotCreate = 73
    /// Something is taken for now: the port, every password thread, the server's rate limit.
    case busy = 75
    /// The server answered with errors, or with something that is no answer.
    case apiError = 76
    /// Refused to protect what is there: wrong or lost master key, a newer binary's database, a key or token file that others can read.
    case refused = 77
    /// A setting in the environment or the configuration file is wrong, or settings contradict each other.
    case misconfigured = 78
}
