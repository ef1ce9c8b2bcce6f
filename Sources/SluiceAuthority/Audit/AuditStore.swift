/// Where the audit log is kept. It only grows: engines refuse to change or delete an event.
public protocol AuditStore: Sendable {
    /// Appends an event that belongs to no other step.
    func append(_ event: AuditEvent) async throws

    /// Events, newest first; of one account, or all.
    func events(account: AccountID?, _ page: SliceRequest) async throws -> Slice<AuditEvent>

    /// Events of one request; for diagnosis. At most 50.
    func events(requestID: String) async throws -> [AuditEvent]
}
