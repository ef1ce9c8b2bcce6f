import Foundation
import SluiceClient
import SluiceOAuth
import Testing

@testable import SluiceCLI

@Suite("sluice api")
struct APICommandTests {
    /// The last body that the API was sent.
    private func sent(_ bed: ClientBed) throws -> [String: Any] {
        let request = try #require(bed.server.requests.last { $0.url == bed.server.url && $0.method == .post })
        return try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
    }

    private func key(_ bed: ClientBed) -> [String: String] {
        ["BUFFER_API_KEY": "buf_key", "BUFFER_API_URL": bed.server.url]
    }

    // MARK: The document

    @Test func `the document is the argument, a file, or standard input`() async throws {
        let bed = try ClientBed()
        let file = try bed.bed.write("q.graphql", "query FromFile { account { id } }")
        for (arguments, input, document) in [
            (["{ account { id } }"], "", "{ account { id } }"), (["--file", file], "", "query FromFile { account { id } }"),
            (["-"], "query Dash { account { id } }", "query Dash { account { id } }"),
            ([], "query In { account { id } }\n", "query In { account { id } }\n"),
        ] {
            let run = await bed.runList(["api"] + arguments, input: input, environment: key(bed))
            #expect(run.status == .ok, "\(run.notes)")
            #expect(try sent(bed)["query"] as? String == document)
        }
    }

    @Test func `no document, two, or one that is not there: nothing is sent`() async throws {
        let bed = try ClientBed()
        #expect(await bed.run("api", input: " \n", environment: key(bed)).status == .usage)
        #expect(await bed.run("api", "{a}", "--file", "x", environment: key(bed)).status == .usage)
        #expect(await bed.run("api", "{a}", "--json", "--pretty", environment: key(bed)).status == .usage)
        #expect(await bed.run("api", "--file", bed.home + "/none", environment: key(bed)).status == .notFound)
        let long = String(repeating: " ", count: (1 << 20) + 1)
        #expect(await bed.run("api", input: long, environment: key(bed)).status == .invalid)
        #expect(bed.server.requests.isEmpty)
    }

    @Test func `variables come as an object, from a file, and one by one; numbers keep their digits`() async throws {
        let bed = try ClientBed()
        let file = try bed.bed.write("v.json", #" { "first": 12345678901234567890.5, "deep": {"a": [1]} } "#)
        let run = await bed.run(
            "api", "query($first: Int) { account { id } }", "--variables", "@" + file, "--variable", "id=5f2", "--variable",
            "on=true", "--variable", "n=10", "--variable", #"list=["a"]"#, "--variable", "text=a=b", "--operation", "Q",
            environment: key(bed))
        #expect(run.status == .ok, "\(run.notes)")
        let request = try #require(bed.server.requests.last)
        #expect(String(decoding: request.body, as: UTF8.self).contains("12345678901234567890.5"))
        let body = try sent(bed)
        #expect(body["operationName"] as? String == "Q")
        let variables = try #require(body["variables"] as? [String: Any])
        #expect(variables["id"] as? String == "5f2")
        #expect(variables["on"] as? Bool == true)
        #expect(variables["n"] as? Int == 10)
        #expect(variables["list"] as? [String] == ["a"])
        #expect(variables["text"] as? String == "a=b")
        #expect((variables["deep"] as? [String: Any])?["a"] as? [Int] == [1])
    }

    @Test(arguments: [
        (["--variables", "[1]"], Outcome.invalid), (["--variables", "{"], .invalid), (["--variable", "x"], .usage),
        (["--variable", "=1"], .usage), (["--variable", "$x=1"], .usage), (["--variable", "a=1", "--variable", "a=2"], .usage),
        (["--variables", #"{"a":1}"#, "--variable", "a=2"], .usage), (["--variables", "@/nowhere"], .notFound),
    ])
    func `variables that are none are refused before anything is sent`(arguments: [String], status: Outcome) async throws {
        let bed = try ClientBed()
        let run = await bed.runList(["api", "{ a }"] + arguments, environment: key(bed))
        #expect(run.status == status, "\(run.notes)")
        #expect(bed.server.requests.isEmpty)
    }

    @Test func `an empty object takes single variables beside it`() throws {
        var list = VariableList()
        try list.add(object: " {\n} ", from: "here")
        try list.add("a=1")
        let json = String(decoding: try #require(list.json), as: UTF8.self)
        #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Int] == ["a": 1])
        #expect(VariableList().json == nil)
    }

    // MARK: The credential

    @Test func `a named profile goes before the key, the key before the current profile`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        func bearer() -> String? {
            bed.server.requests.last?.headers.first { $0.name == "Authorization" }?.value
        }
        #expect(await bed.run("api", "{ account { id } }", environment: key(bed)).status == .ok)
        #expect(bearer() == "Bearer buf_key")
        #expect(await bed.run("api", "{ account { id } }", "--profile", "test", environment: key(bed)).status == .ok)
        #expect(bearer()?.hasPrefix("Bearer access-secret-") == true)
        #expect(await bed.run("api", "{ account { id } }").status == .ok)
        #expect(bearer()?.hasPrefix("Bearer access-secret-") == true)
    }

    @Test func `a key alone goes to Buffer, and only over https`() async throws {
        let bed = try ClientBed()
        bed.server.setFault { request in
            #expect(request.url == "https://api.buffer.com")
            return .json(200, #"{"data":{"a":1}}"#)
        }
        #expect(await bed.run("api", "{ a }", environment: ["BUFFER_API_KEY": "buf_key"]).status == .ok)
        let before = bed.server.requests.count
        for url in ["http://api.example.com", "nonsense"] {
            let run = await bed.run("api", "{ a }", environment: ["BUFFER_API_KEY": "buf_key", "BUFFER_API_URL": url])
            #expect([.invalid, .misconfigured].contains(run.status))
            #expect(!run.notes.contains("buf_key"))
        }
        #expect(bed.server.requests.count == before)
    }

    @Test func `without a key and without a sign-in it is exit code 67`() async throws {
        let bed = try ClientBed()
        #expect(await bed.run("api", "{ a }").status == .unauthenticated)
        let wrong = await bed.run(
            "api", "{ a }", environment: ["BUFFER_API_KEY": "buf_other", "BUFFER_API_URL": bed.server.url])
        #expect(wrong.status == .unauthenticated)
        #expect(wrong.notes.contains("BUFFER_API_KEY"))
        #expect(!wrong.notes.contains("buf_other"))
    }

    // MARK: The answer

    @Test func `data is indented on a terminal and with --pretty, one line in a pipe, the whole answer with --json`()
        async throws
    {
        let bed = try ClientBed()
        bed.server.setAnswer("{ \"data\" : {\"b\": 1.50, \"a\": [1, {}], \"e\": []},\n \"extensions\": {\"x\": 1} }")
        let indented = "{\n  \"b\": 1.50,\n  \"a\": [\n    1,\n    {}\n  ],\n  \"e\": []\n}\n"
        #expect(await bed.run("api", "{ a }", environment: key(bed), isTerminal: true).output == indented)
        #expect(await bed.run("api", "{ a }", "--pretty", environment: key(bed)).output == indented)
        #expect(await bed.run("api", "{ a }", environment: key(bed)).output == "{\"b\":1.50,\"a\":[1,{}],\"e\":[]}\n")
        #expect(
            await bed.run("api", "{ a }", "--json", environment: key(bed)).output
                == "{\"data\":{\"b\":1.50,\"a\":[1,{}],\"e\":[]},\"extensions\":{\"x\":1}}\n")
    }

    @Test func `an error is exit code 76 on standard error, and data beside it is printed all the same`() async throws {
        let bed = try ClientBed()
        bed.server.setAnswer(
            #"{"data":{"a":null,"b":2},"errors":[{"message":"Broken\u001b[2J","path":["a",0],"extensions":{"code":"UNEXPECTED"}}]}"#
        )
        let run = await bed.run("api", "{ a b }", environment: key(bed))
        #expect(run.status == .apiError)
        #expect(run.output == "{\"a\":null,\"b\":2}\n")
        #expect(run.notes.contains("Broken"))
        #expect(run.notes.contains("(UNEXPECTED, at a.0)"))
        #expect(run.notes.contains("The data beside it was printed."))
        #expect(!run.notes.unicodeScalars.contains("\u{1B}"))
        let json = await bed.run("api", "{ a b }", "--json", environment: key(bed))
        #expect(json.status == .apiError)
        #expect(json.output.hasPrefix(#"{"data":{"a":null,"b":2},"errors":[{"message":"Broken\u001b[2J""#))
        #expect(json.notes.hasPrefix(#"{"error":"api_error","exit_code":76,"#))
    }

    @Test func `without data nothing stands on standard output; several errors are listed`() async throws {
        let bed = try ClientBed()
        bed.server.setAnswer(#"{"errors":[{"message":"One","locations":[{"line":1,"column":3}]},{"message":"Two"}]}"#)
        let run = await bed.run("api", "{ a }", environment: key(bed))
        #expect(run.status == .apiError)
        #expect(run.output.isEmpty)
        #expect(run.notes.hasPrefix("error: One (line 1, column 3)\nerror: Two\nsluice: The API answered with 2 errors"))
    }

    @Test func `a missing scope says which, and how to ask for it`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        bed.server.setAnswer(
            #"{"data":null,"errors":[{"message":"No.","extensions":{"code":"FORBIDDEN","requiredScopes":["posts:write"]}}]}"#)
        let run = await bed.run("api", "{ a }")
        #expect(run.status == .apiError)
        #expect(run.notes.contains("sluice login --profile test --scope … posts:write"))
    }

    @Test func `a typed error of a mutation is data: exit code 0`() async throws {
        let bed = try ClientBed()
        bed.server.setAnswer(#"{"data":{"createPost":{"message":"Text is required"}}}"#)
        #expect(await bed.run("api", "mutation { createPost { id } }", environment: key(bed)).status == .ok)
    }

    @Test(arguments: [
        (TransportResponse.json(429, "{}", [("Retry-After", "60")]), Outcome.busy, "60 s"),
        (.json(200, #"{"errors":[{"message":"Slow","extensions":{"code":"RATE_LIMIT_EXCEEDED"}}]}"#), .busy, "Slow"),
        (.json(503, ""), .busy, "503"), (.json(500, "<html>"), .apiError, "500"), (.json(200, "<html>"), .apiError, "no GraphQL"),
        (.json(200, #"{"errors":[{"message":"Who?","extensions":{"code":"UNAUTHENTICATED"}}]}"#), .unauthenticated, "credential"),
        (.json(401, "{}"), .unauthenticated, "credential"),
    ])
    func `each way to fail has its exit code and words`(answer: TransportResponse, status: Outcome, words: String) async throws {
        let bed = try ClientBed()
        bed.server.setFault { _ in answer }
        let run = await bed.run("api", "{ a }", environment: key(bed))
        #expect(run.status == status)
        #expect(run.output.isEmpty)
        #expect(run.notes.contains(words), "\(run.notes)")
        #expect(!run.notes.contains("buf_key"))
    }

    @Test(arguments: [
        (TransportError.notSent("refused"), "Nothing was sent."),
        (.answerLost("reset"), "Whether the server ran the request is unknown."),
    ])
    func `no answer is exit code 68, and it says whether the request may have been run`(error: TransportError, words: String)
        async throws
    {
        let bed = try ClientBed()
        bed.server.setFault { _ throws(TransportError) in throw error }
        let run = await bed.run("api", "mutation { a }", environment: key(bed))
        #expect(run.status == .unreachable)
        #expect(run.notes.contains(words))
    }

    @Test func `an access token that the API refuses is renewed once, and the query sent again`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let old = await bed.run("token").output
        bed.server.setFault { [url = bed.server.url] request in
            let isOld = request.headers.contains { $0.value == "Bearer " + old.trimmingCharacters(in: .newlines) }
            return request.url == url && isOld ? .json(401, "{}") : nil
        }
        #expect(await bed.run("api", "{ account { id } }").status == .ok)
        #expect(await bed.run("token").output != old)
    }
}

extension ClientBed {
    /// Runs one command whose arguments are a list.
    func runList(_ arguments: [String], input: String = "", environment: [String: String] = [:]) async -> TestBed.Run {
        let catcher = Catcher()
        var surroundings = catcher.surroundings(input: input, environment: ["HOME": home].merging(environment) { $1 })
        surroundings.network = NetworkSurroundings(
            transport: server, retries: .none, openBrowser: { _, _ in false }, isTerminal: { false })
        return catcher.run(await CommandLineTool.run(arguments, in: surroundings))
    }
}
