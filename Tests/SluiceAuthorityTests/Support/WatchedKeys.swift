import Foundation
import Synchronization

@testable import SluiceAuthority

/// Signing keys in a real store, with reads that a test holds up or blinds.
final class WatchedKeys: SigningKeyStore {
    private let base: any SigningKeyStore
    private let isHidden = Mutex(false)
    private let held = Mutex<
        (isNext: Bool, arrived: CheckedContinuation<Void, Never>?, waiting: CheckedContinuation<Void, Never>?)
    >(
        (false, nil, nil))

    init(base: any SigningKeyStore) { self.base = base }

    /// Makes the next look at a sealed value find none.
    func hideSealedValue() { isHidden.withLock { $0 = true } }

    /// Runs `work`, whose first read of the keys returns only after `meanwhile` is done, with what it read before.
    func overtake(_ work: @escaping @Sendable () async throws -> Void, by meanwhile: () async throws -> Void) async throws {
        held.withLock { $0.isNext = true }
        async let slow: Void = work()
        await withCheckedContinuation { continuation in
            let isThere = held.withLock { held in
                if held.waiting == nil { held.arrived = continuation }
                return held.waiting != nil
            }
            if isThere { continuation.resume() }
        }
        try await meanwhile()
        held.withLock { $0.waiting }?.resume()
        try await slow
    }

    func signingKeys() async throws -> [SigningKeyRecord] {
        let records = try await base.signingKeys()
        let isHeld = held.withLock { held in
            defer { held.isNext = false }
            return held.isNext
        }
        if isHeld {
            await withCheckedContinuation { continuation in
                let arrived = held.withLock { held in
                    held.waiting = continuation
                    return held.arrived
                }
                arrived?.resume()
            }
        }
        return records
    }

    func add(_ key: SigningKeyRecord, after newest: String?, retirement: Date?, audit: AuditEvent) async throws -> Bool {
        try await base.add(key, after: newest, retirement: retirement, audit: audit)
    }

    func sweepSigningKeys(before date: Date) async throws { try await base.sweepSigningKeys(before: date) }

    func sealedValue(_ name: String) async throws -> [UInt8]? {
        let isBlind = isHidden.withLock { hidden in
            defer { hidden = false }
            return hidden
        }
        return isBlind ? nil : try await base.sealedValue(name)
    }

    func setSealedValue(_ name: String, _ value: [UInt8]) async throws -> [UInt8] {
        try await base.setSealedValue(name, value)
    }
}
