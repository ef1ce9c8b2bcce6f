import CArgon2
import Dispatch
import Foundation
import Synchronization

/// All hashing threads are taken and the queue is full. Nothing was tried; ask again later.
public struct PasswordHasherBusy: Error, Sendable {
    /// Says so.
    public init() {}
}

/// Hashes and checks passwords with Argon2id on threads of its own, a bounded number at a time.
///
/// Thirty milliseconds of work must not hold one of the few threads that everything else runs on, and a flood of sign-ins must
/// not queue without end: beyond the bound callers are told `PasswordHasherBusy`.
public final class PasswordHasher: Sendable {
    private let queue: DispatchQueue
    private let slots: DispatchSemaphore
    private let waiting = Mutex(0)
    private let limit: Int
    private let cost: PasswordCost
    private let random: RandomSource
    private let decoy: String

    /// A hasher with `threads` threads and room for `queueLimit` waiting calls.
    init(cost: PasswordCost, threads: Int, queueLimit: Int, random: RandomSource) {
        self.cost = cost
        self.random = random
        limit = threads + queueLimit
        queue = DispatchQueue(label: "sluice.passwords", attributes: .concurrent)
        slots = DispatchSemaphore(value: max(1, threads))
        decoy = Self.hash(Array("decoy".utf8), cost: cost, salt: random.bytes(16))
    }

    /// How many calls are running or waiting now.
    public var load: Int { waiting.withLock { $0 } }

    /// The stored form of a password: Argon2's own string, parameters included.
    /// - Throws: `PasswordHasherBusy`.
    func hash(_ password: String) async throws -> String {
        let (cost, salt) = (cost, random.bytes(16))
        return try await run { Self.hash(Array(password.utf8), cost: cost, salt: salt) }
    }

    /// Whether `password` is the one that `stored` was made from. Without a stored hash the same work is done for nothing, so
    /// that the time does not tell whether the account exists.
    /// - Throws: `PasswordHasherBusy`.
    func verify(_ password: String, against stored: String?) async throws -> Bool {
        let (decoy, bytes) = (decoy, Array(password.utf8))
        let stored = stored.flatMap { Self.isBearable($0) ? $0 : nil }
        return try await run {
            let fits = (stored ?? decoy).withCString { encoded in
                bytes.withUnsafeBytes { argon2id_verify(encoded, $0.baseAddress, $0.count) == ARGON2_OK.rawValue }
            }
            return fits && stored != nil
        }
    }

    /// Whether a stored hash was made with other parameters than today's.
    func isOutdated(_ stored: String) -> Bool {
        !stored.hasPrefix("$argon2id$v=19$m=\(cost.memoryInKiB),t=\(cost.passes),p=\(cost.lanes)$")
    }

    /// Whether checking a stored hash takes no more than 1 GiB, 64 passes and 16 lanes. Argon2 would take whatever the text says, and
    /// whoever can write one row of the database must not be able to stop the machine.
    static func isBearable(_ stored: String) -> Bool {
        let parts = stored.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count == 6, let cost = PasswordCost(encoded: String(Substring(parts[3]))) else { return false }
        return cost.memoryInKiB <= 1_048_576 && cost.passes <= 64 && cost.lanes <= 16
    }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws -> Value {
        let isAdmitted = waiting.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard isAdmitted else { throw PasswordHasherBusy() }
        defer { waiting.withLock { $0 -= 1 } }
        return await withCheckedContinuation { continuation in
            queue.async { [slots] in
                slots.wait()
                let value = work()
                slots.signal()
                continuation.resume(returning: value)
            }
        }
    }

    private static func hash(_ password: [UInt8], cost: PasswordCost, salt: [UInt8]) -> String {
        let length = argon2_encodedlen(cost.passes, cost.memoryInKiB, cost.lanes, UInt32(salt.count), 32, Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let status = password.withUnsafeBytes { password in
            argon2id_hash_encoded(
                cost.passes, cost.memoryInKiB, cost.lanes, password.baseAddress, password.count, salt, salt.count, 32, &encoded,
                encoded.count)
        }
        // Only bad parameters or no memory can fail; neither leaves anything sensible to go on with.
        precondition(status == ARGON2_OK.rawValue, "Argon2id failed with status \(status)")
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
