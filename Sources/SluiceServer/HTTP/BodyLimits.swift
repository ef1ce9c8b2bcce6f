/// How large request bodies may be, in bytes.
public struct BodyLimits: Sendable, Hashable {
    /// Of a GraphQL request.
    public var apiInBytes: Int
    /// Of a form: the token endpoint and every page.
    public var formInBytes: Int

    /// 1 MiB for the API, 64 KiB for forms.
    public init(apiInBytes: Int = 1 << 20, formInBytes: Int = 64 << 10) {
        self.apiInBytes = apiInBytes
        self.formInBytes = formInBytes
    }

    /// What no body may exceed.
    var largestInBytes: Int { max(apiInBytes, formInBytes) }
}
