import Foundation
import Synchronization
import UnixSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A program that is run in this one's place: with its standard streams, its signals and, in the end, its exit status.
struct ChildProcess: Sendable {
    private let command: [String]
    private let surroundings: Surroundings
    private let child = Running()

    init(_ command: [String], _ surroundings: Surroundings) {
        self.command = command
        self.surroundings = surroundings
    }

    /// Runs it to its end. Cancelling tells it to end.
    /// - Parameters:
    ///   - variables: What stands in its environment beside ours.
    ///   - names: What of ours it does not see, whether something stands in its place or not.
    /// - Returns: Its status as a shell would tell it: 128 and the number of the signal that ended it; 127 if there is no such
    ///   program, 126 if it cannot be run.
    func run(adding variables: [(name: String, value: String)], insteadOf names: [String]) async throws -> Int32 {
        var environment = surroundings.environment
        for name in names { environment[name] = nil }
        for (name, value) in variables { environment[name] = value }
        // Before the program starts, so that none is missed.
        let signals = surroundings.trapsSignals ? await UnixSignalsSequence(trapping: Self.passedOn) : nil
        do { try start(environment) } catch let error as SystemError {
            surroundings.output.note(
                "sluice: The command “\(Printable.line(command[0]))” cannot be run: \(error.words).")
            return error.code == ENOENT ? 127 : 126
        }
        return await withTaskGroup(of: Void.self) { group in
            if let signals {
                group.addTask { [child] in for await signal in signals { child.pass(on: signal) } }
            }
            let status = await withTaskCancellationHandler {
                await child.end()
            } onCancel: { [child] in
                child.pass(on: .sigterm)
            }
            group.cancelAll()
            return status
        }
    }

    private static let passedOn: [UnixSignal] = [.sighup, .sigint, .sigquit, .sigterm, .sigusr1, .sigusr2]

    private func start(_ environment: [String: String]) throws {
        #if canImport(Darwin)
            var attributes: posix_spawnattr_t?
        #else
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // To trap a signal is to have the system ignore it, and a program inherits what is ignored.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in Self.passedOn.map(\.rawValue) + [SIGPIPE] { sigaddset(&defaults, signal) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        Self.keepDescriptors()
        let argv = command.map { strdup($0) } + [nil]
        let envp = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        let own = umask(surroundings.callersUmask)
        defer { umask(own) }
        var pid = pid_t()
        let problem = posix_spawnp(&pid, command[0], nil, &attributes, argv, envp)
        guard problem == 0 else { throw SystemError(code: problem) }
        child.began(pid)
    }

    /// Keeps the program from holding what this process has open: our listening socket, and the port with it.
    private static func keepDescriptors() {
        // The system gives out the lowest that is free, so nothing open has a number beyond these.
        for descriptor in 3..<min(getdtablesize(), 4_096) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }
}

/// The number of a process for as long as it is that process's: the system gives it to another one after the end was noted.
private final class Running: Sendable {
    private let pid = Mutex<pid_t?>(nil)

    func began(_ pid: pid_t) { self.pid.withLock { $0 = pid } }

    /// Sends it a signal, unless it has ended, or the terminal sent it already.
    func pass(on signal: UnixSignal) {
        // Ctrl-C reaches everybody in the foreground. A second one makes many test runners give up their cleaning up.
        if signal == .sigint || signal == .sigquit, Self.isInForeground { return }
        pid.withLock { pid in
            if let pid { _ = kill(pid, signal.rawValue) }
        }
    }

    private static var isInForeground: Bool {
        let terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return false }
        defer { close(terminal) }
        return tcgetpgrp(terminal) == getpgrp()
    }

    /// Waits for its end, on a thread of its own.
    func end() async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in continuation.resume(returning: wait()) }
        }
    }

    private func wait() -> Int32 {
        guard let number = pid.withLock({ $0 }) else { return 127 }
        // Its end is seen first and noted second, so that no signal goes to a stranger of the same number in between.
        var info = siginfo_t()
        while waitid(P_PID, id_t(number), &info, WEXITED | WNOWAIT) == -1 && errno == EINTR {}
        return pid.withLock { pid in
            pid = nil
            var status: Int32 = 0
            var ended: pid_t
            repeat { ended = waitpid(number, &status, 0) } while ended == -1 && errno == EINTR
            // Where children are reaped by somebody else nobody knows how it ended: that is no success.
            guard ended == number else { return 1 }
            let signal = status & 0x7F
            return signal == 0 ? status >> 8 & 0xFF : 128 + signal
        }
    }
}

/// A status that is known in the end.
final class ResultBox: Sendable {
    private let value = Mutex<Int32>(0)

    var status: Int32 {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
