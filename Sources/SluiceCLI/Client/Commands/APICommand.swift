import ArgumentParser
import SluiceClient

/// `sluice api`.
struct APICommand: RemoteCommand {
    static let configuration = CommandConfiguration(
        commandName: "api", abstract: "Send a GraphQL query or mutation to the API and print its data.",
        discussion: """
            The document is the argument, the file of --file, or standard input. The data goes to standard output, indented on a terminal; \
            errors go to standard error, and data beside them is printed all the same. With --json the whole answer is one line.

            Acts as the profile of --profile; else with the key in BUFFER_API_KEY, at BUFFER_API_URL (default: Buffer's API); else as the \
            profile of SLUICE_PROFILE, or the current one.

              sluice api '{ account { id name email } }'
              sluice api --file post.graphql --variable channelId=5f2… --variable first=10
              sluice api --file post.graphql --variables @post.json
              echo '{ account { id } }' | sluice api --json | jq -r .data.account.id

            A typed error of a mutation is data to the API, and the exit code is 0: select ... on MutationError { message } and look at it. \
            The exit code is 76 if the API answered with errors, 67 if it refused the credential, 75 if there were too many requests, 68 if \
            there was no answer.
            """)

    @Argument(help: ArgumentHelp("The document; - for standard input (default).", valueName: "query"))
    var query: String?
    @Option(help: ArgumentHelp("The file that holds the document.", valueName: "file"), completion: .file())
    var file: String?
    @Option(help: ArgumentHelp("The variables as a JSON object, or @ and the file that holds it.", valueName: "json"))
    var variables: String?
    @Option(
        name: .customLong("variable"),
        help: ArgumentHelp(
            "One variable: JSON if the value can be read as that, else text; may be repeated.", valueName: "name=value"))
    var variable: [String] = []
    @Option(help: ArgumentHelp("Which operation, where the document has several.", valueName: "name"))
    var operation: String?
    @Flag(help: "Indent the data also where the output is no terminal.")
    var pretty = false
    @OptionGroup var options: ProfileOptions

    private static let limitInBytes = 1 << 20

    func validate() throws {
        guard query == nil || file == nil else { throw ValidationError("Give the document as argument or by --file, not both.") }
        guard !pretty || !options.json else { throw ValidationError("--json is one line, --pretty is several.") }
    }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let list = try variableList()
        let document = try document(surroundings)
        let credential = try await APICredential(options.profile, in: surroundings)
        let answer: RawGraphQLAnswer
        do {
            answer = try await credential.api.raw(document, variablesJSON: list.json, operationName: operation)
        } catch {
            throw Failure(error, profile: credential.profile)
        }
        let isShown = show(answer, surroundings)
        guard answer.errors.isEmpty else {
            if !options.json, answer.errors.count > 1 {
                for error in answer.errors { surroundings.output.note("error: \(Failure.words(of: error))") }
            }
            throw Failure(answer.errors, hasData: isShown, profile: credential.profile)
        }
        return .ok
    }

    /// Prints what there is.
    /// - Returns: Whether data was printed.
    private func show(_ answer: RawGraphQLAnswer, _ surroundings: Surroundings) -> Bool {
        if options.json {
            surroundings.output.line(JSONLayout.line(answer.body))
            return answer.hasData
        }
        guard answer.hasData, let data = JSONLayout.member("data", of: answer.body) else { return false }
        surroundings.output.line(
            pretty || surroundings.network.isTerminal() ? JSONLayout.indented(data) : JSONLayout.line(data))
        return true
    }

    private func variableList() throws -> VariableList {
        var list = VariableList()
        if let variables {
            if variables.hasPrefix("@") {
                let path = String(variables.dropFirst())
                try list.add(object: try read(path, "variables"), from: path)
            } else {
                try list.add(object: variables, from: "--variables")
            }
        }
        for pair in variable { try list.add(pair) }
        return list
    }

    private func document(_ surroundings: Surroundings) throws -> String {
        let text: String
        if let file {
            text = try read(file, "document")
        } else if let query, query != "-" {
            text = query
        } else {
            do {
                text = try decoded(try surroundings.readStandardInput(Self.limitInBytes), "document", "standard input")
            } catch let error as SystemError {
                throw Failure(
                    .notFound, "The document cannot be read from standard input: \(error.words).", kept: "Nothing was sent.")
            }
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Failure(
                .usage, "There is no document.", kept: "Nothing was sent.",
                next: "Give it as the argument, by --file or on standard input: sluice api '{ account { id } }'")
        }
        return text
    }

    private func read(_ path: String, _ what: String) throws -> String {
        do {
            return try decoded(try FileContent.read(path, limitInBytes: Self.limitInBytes), what, path)
        } catch let error as SystemError {
            throw Failure(
                .notFound, "The \(what) cannot be read from \(Printable.line(path)): \(error.words).", kept: "Nothing was sent.")
        }
    }

    private func decoded(_ bytes: [UInt8], _ what: String, _ place: String) throws -> String {
        guard bytes.count <= Self.limitInBytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(
                .invalid, "The \(what) in \(Printable.line(place)) is longer than \(Self.limitInBytes) bytes or not UTF-8.",
                kept: "Nothing was sent.")
        }
        return text
    }
}
