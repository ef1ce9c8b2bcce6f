import SluiceClient

/// Where `sluice api` asks, and as whom.
struct APICredential: Sendable {
    /// The API with a credential.
    let api: GraphQLClient
    /// The profile whose tokens are shown; `nil` for a key.
    let profile: ProfileName?

    /// The profile that is named; else the key of the environment; else the profile that holds if none is named.
    ///
    /// A key is never taken from the command line, which every user of the machine can read.
    /// - Throws: `Failure` if there is nothing to show.
    init(_ named: ProfileName?, in surroundings: Surroundings) async throws {
        let environment = surroundings.environment
        if named == nil, let key = environment["BUFFER_API_KEY"], !key.isEmpty {
            let url = environment["BUFFER_API_URL"].flatMap { $0.isEmpty ? nil : $0 } ?? Endpoints.buffer.apiURL
            guard let address = Profile.address(url) else {
                throw Failure(
                    .misconfigured, "BUFFER_API_URL is no http or https address.", kept: "Nothing was sent.",
                    next: "Set it to the API's address, for example http://127.0.0.1:8080.")
            }
            api = surroundings.api(address, as: .apiKey(key))
            profile = nil
            return
        }
        let person = try await ChosenProfile(named, in: surroundings).signedIn()
        api = person.api
        profile = person.name
    }
}
