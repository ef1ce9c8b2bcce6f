import ArgumentParser
import Foundation
import SluiceAuthority

/// `sluice explain`.
struct ExplainCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say which rule accepts or refuses a key, code, token or request, and why.",
        discussion: """
            Reads one API key, access token, refresh token, code, client secret or request id from standard input, never from an \
            argument, and never repeats it. Looking changes nothing: it counts as no use, no attempt and no replay.

              pbpaste | sluice explain
              echo "$REQUEST_ID" | sluice explain

            An access token is judged by the issuer and audience of the server that last ran on this data folder, unless --auth-url \
            and --api-url (or the environment, or the file) say otherwise.
            """)

    @OptionGroup var common: CommonOptions

    @Option(
        name: .customLong("auth-url"),
        help: ArgumentHelp("The issuer that access tokens should have.", valueName: "url"))
    var authURL: String?

    @Option(
        name: .customLong("api-url"),
        help: ArgumentHelp("The audience that access tokens should have.", valueName: "url"))
    var apiURL: String?

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        var flags = common.flags
        flags[.authURL] = authURL.map { .text($0) }
        flags[.apiURL] = apiURL.map { .text($0) }
        let resolved = try await ResolvedSettings.read(flags: flags, environment: surroundings.environment)
        try resolved.refuseErrors(sharedOnly: true)
        var settings = resolved.settings
        // Only where nobody said anything: whoever names an issuer wants that one.
        if settings.authURL == nil, settings.apiURL == nil,
            let note = ServingNote.read(from: DataFolder(path: settings.data))
        {
            settings.authURL = note.authURL
            settings.apiURL = note.apiURL
        }
        let text = try SecretInput.read("-", what: "key, token or request id", limitInBytes: 16_384, surroundings)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return try await Installation.with(settings, in: surroundings) { installation in
            let finding = try await installation.authority.diagnosis.explain(text)
            surroundings.output.show(Self.report(finding), asJSON: common.json)
            return .ok
        }
    }

    private static func report(_ finding: Diagnosis.Finding) -> Report {
        let what = finding.kind == "api_key" ? "API key" : finding.kind.replacing("_", with: " ")
        let verdict =
            switch finding.kind {
            case "request_id": "This is a request id."
            case "unknown": "This is nothing that would be accepted."
            default: "This \(what) is \(finding.isAccepted ? "accepted" : "refused")."
            }
        let facts = FactSheet(finding.facts.map { ($0.name, $0.value) })
        return Report(
            json: .object([
                ("kind", .string(finding.kind)), ("accepted", .bool(finding.isAccepted)),
                ("rule", .string(finding.rule)),
                (
                    "facts",
                    .array(finding.facts.map { .object([("name", .string($0.name)), ("value", .string($0.value))]) })
                ),
            ]),
            text: "\(verdict) \(finding.rule)" + (finding.facts.isEmpty ? "" : "\n\n\(facts.text)"))
    }
}
