/// Runs `work` many times at once and gives all results, in no particular order.
func simultaneously<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for index in 0..<count { group.addTask { try await work(index) } }
        var results: [Value] = []
        for try await result in group { results.append(result) }
        return results
    }
}
