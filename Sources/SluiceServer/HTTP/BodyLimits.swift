/// How large request bodies may be, in bytes.
package struct BodyLimits: Sendable, Hashable {
    /// Of a GraphQL request.
    package var apiInBytes: Int
    /// Of a form: the token endpoint and every page.
    package var formInBytes: Int

    /// 1 MiB for the API, 64 KiB for forms.
    package init(apiInBytes: Int = 1 << 20, formInBytes: Int = 64 << 10) {
        self.apiInBytes = apiInBytes
        self.formInBytes = formInBytes
    }

    /// What no body may exceed.
    var largestInBytes: Int { max(apiInBytes, formInBytes) }
}
