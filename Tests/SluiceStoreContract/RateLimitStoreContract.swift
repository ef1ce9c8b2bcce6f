import Foundation
import SluiceAuthority
import Testing

/// What every engine promises of `RateLimitStore`.
public enum RateLimitStoreContract {
    /// The promises.
    public static let cases: [ContractCase] = [
        ContractCase("counts of all windows read back, each bucket's alone") { engine in
            let store = try await engine.empty()
            let (key, client) = (RateBucket.key(fresh()), RateBucket.client(fresh()))
            let counts = RateWindow.allCases.map { count(key, $0, at: dawn, 3) }
            try await store.addRateCounts(counts + [count(client, .day, at: dawn, 1)])
            #expect(try await Set(store.rateCounts(of: key, at: dawn)) == Set(counts))
            #expect(try await store.rateCounts(of: client, at: dawn) == [count(client, .day, at: dawn, 1)])
            #expect(try await store.rateCounts(of: .key(fresh()), at: dawn).isEmpty)
        },
        ContractCase("a key and a client of the same id are two buckets") { engine in
            let store = try await engine.empty()
            let id: APIKeyID = fresh()
            let client = try RateBucket.client(#require(ClientID(id.text)))
            try await store.addRateCounts([count(.key(id), .day, at: dawn, 1)])
            #expect(try await store.rateCounts(of: client, at: dawn).isEmpty)
        },
        ContractCase("counts add up, whoever counted, and none is lost among many at once") { engine in
            let store = try await engine.empty()
            let bucket = RateBucket.key(fresh())
            _ = try await simultaneously(50) { _ in
                try await store.addRateCounts([
                    count(bucket, .quarterHour, at: dawn, 2), count(bucket, .month, at: dawn, 2),
                ])
            }
            try await store.addRateCounts([count(bucket, .quarterHour, at: at(15), 7)])
            #expect(
                try await Set(store.rateCounts(of: bucket, at: dawn)) == [
                    count(bucket, .quarterHour, at: dawn, 100), count(bucket, .quarterHour, at: at(15), 7),
                    count(bucket, .month, at: dawn, 100),
                ])
        },
        ContractCase("what two processes count adds up, and each reads it at once") { engine in
            guard let (left, right) = try await engine.twins() else { return }
            let bucket = RateBucket.client(fresh())
            _ = try await simultaneously(40) { index in
                try await (index.isMultiple(of: 2) ? left : right).addRateCounts([count(bucket, .day, at: dawn, 1)])
            }
            for store in [left, right] {
                #expect(try await store.rateCounts(of: bucket, at: dawn) == [count(bucket, .day, at: dawn, 40)])
            }
        },
        ContractCase("a count is read until its step leaves the window, and swept after") { engine in
            let store = try await engine.empty()
            let bucket = RateBucket.key(fresh())
            let (short, long) = (count(bucket, .quarterHour, at: dawn, 1), count(bucket, .day, at: dawn, 1))
            try await store.addRateCounts([short, long])
            let end = short.step.end
            #expect(try await store.rateCounts(of: bucket, at: end.addingTimeInterval(-1)).count == 2)
            #expect(try await store.rateCounts(of: bucket, at: end) == [long])
            try await store.sweepRateCounts(before: end)
            #expect(try await store.rateCounts(of: bucket, at: dawn).count == 2)
            try await store.sweepRateCounts(before: end.addingTimeInterval(1))
            #expect(try await store.rateCounts(of: bucket, at: dawn) == [long])
        },
        ContractCase("a sweep takes any number of counts") { engine in
            let store = try await engine.empty()
            let bucket = RateBucket.key(fresh())
            try await store.addRateCounts(
                (0..<2_500).map { count(bucket, .quarterHour, at: at(Double(-15 * $0)), 1) }
                    + [count(bucket, .month, at: dawn, 1)])
            try await store.sweepRateCounts(before: at(86_400))
            #expect(try await store.rateCounts(of: bucket, at: at(-86_400)) == [count(bucket, .month, at: dawn, 1)])
        },
        ContractCase("nothing to add is nothing") { engine in
            let store = try await engine.empty()
            try await store.addRateCounts([])
            try await store.sweepRateCounts(before: dawn)
        },
    ]

    private static func count(_ bucket: RateBucket, _ window: RateWindow, at moment: Date, _ count: Int) -> RateCount {
        RateCount(bucket: bucket, step: RateStep(window: window, number: window.step(at: moment)), count: count)
    }
}
