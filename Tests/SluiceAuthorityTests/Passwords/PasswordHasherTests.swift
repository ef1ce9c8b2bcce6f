import Testing

@testable import SluiceAuthority

@Suite("Password hashing")
struct PasswordHasherTests {
    private func hasher(threads: Int = 1, queueLimit: Int = 8, cost: PasswordCost = .minimal) -> PasswordHasher {
        PasswordHasher(cost: cost, threads: threads, queueLimit: queueLimit, random: .system)
    }

    @Test func `a hash is Argon2id with its parameters and a salt of its own, and fits its password alone`()
        async throws
    {
        let hasher = hasher()
        let first = try await hasher.hash("correct horse")
        let second = try await hasher.hash("correct horse")
        #expect(first.hasPrefix("$argon2id$v=19$m=64,t=1,p=1$"))
        #expect(first != second)
        #expect(try await hasher.verify("correct horse", against: first))
        for wrong in ["correct hors", "correct horse ", "Correct horse", "", "correct horse\u{0}"] {
            #expect(try await !hasher.verify(wrong, against: first))
        }
    }

    @Test func `without a stored hash, or with a broken one, nothing fits`() async throws {
        let hasher = hasher()
        for stored in [nil, "", "x", "$argon2id$v=19$m=64,t=1,p=1$", "decoy"] as [String?] {
            #expect(try await !hasher.verify("decoy", against: stored))
        }
    }

    @Test(arguments: [
        ("our own", "m=19456,t=2,p=1", true), ("far stronger than ours", "m=1048576,t=64,p=16", true),
        ("4 TiB", "m=4294967295,t=1,p=1", false), ("years", "m=64,t=4294967295,p=1", false),
        ("threads", "m=64,t=1,p=17", false), ("more than a number", "m=64,t=1,p=99999999999", false),
        ("another order", "t=1,m=64,p=1", false), ("nothing", "", false),
    ])
    func `a hash that was planted to exhaust the machine is not even tried`(why: String, cost: String, isTried: Bool) {
        #expect(PasswordHasher.isBearable("$argon2id$v=19$\(cost)$c2FsdHNhbHQ$aGFzaA") == isTried, "\(why)")
    }

    @Test func `a password may hold NUL and any other character`() async throws {
        let hasher = hasher()
        let stored = try await hasher.hash("a\u{0}b💥")
        #expect(try await hasher.verify("a\u{0}b💥", against: stored))
        #expect(try await !hasher.verify("a\u{0}c", against: stored))
    }

    @Test func `a hash of other parameters is outdated and still checked by its own`() async throws {
        let old = try await hasher(cost: PasswordCost(memoryInKiB: 32, passes: 2, lanes: 1)).hash("x")
        let hasher = hasher()
        #expect(hasher.isOutdated(old))
        #expect(try await hasher.verify("x", against: old))
        #expect(try await !hasher.isOutdated(hasher.hash("x")))
    }

    @Test func `beyond the bound callers are told that it is busy, and it recovers`() async throws {
        // Slow enough that forty calls meet in the queue.
        let hasher = hasher(
            threads: 1, queueLimit: 2, cost: PasswordCost(memoryInKiB: 8 * 1024, passes: 2, lanes: 1))
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask { (try? await hasher.hash("x")) != nil }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.contains(true))
        #expect(outcomes.contains(false), "more than three at once were not all taken")
        #expect(hasher.load == 0)
        _ = try await hasher.hash("x")
    }

    @Test func `the standard cost is OWASP's and RFC 9106's second choice or better`() {
        #expect(PasswordCost.standard.memoryInKiB >= 19 * 1024)
        #expect(PasswordCost.standard.passes >= 2)
    }
}
