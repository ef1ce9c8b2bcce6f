/// Reads the audit log.
public struct AuditLog: Sendable {
    let store: any AuditStore

    /// Events, newest first; of one account, or all.
    public func list(account: AccountID?, _ page: SliceRequest) async throws -> Slice<AuditEvent> {
        try await store.events(account: account, page)
    }

    /// What one request did, by the id that its answer carried.
    public func list(requestID: String) async throws -> [AuditEvent] { try await store.events(requestID: requestID) }
}
