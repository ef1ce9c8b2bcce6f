import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("GraphQL through HTTP")
struct GraphQLRequestTests {
    private func world() async throws -> (Installation, Account, String) {
        let installation = try await Installation()
        let account = try await installation.account()
        return (installation, account, try await installation.key(for: account).key.text)
    }

    @Test func `S67 aliases name what comes back, in the order of the document`() async throws {
        let (installation, account, key) = try await world()
        let answer = try await installation.graphQL("{ me: account { address: email mine: id } }", bearer: key)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"data":{"me":{"address":"ada@example.com","mine":"\#(account.id)"}}}"#)
    }

    @Test func `S67 fragments, inline fragments and repeated fields are merged`() async throws {
        let (installation, account, key) = try await world()
        let document = """
            query Whole { account { ...Names ... on Account { id } ... { email } ...Names } account { timezone } }
            fragment Names on Account { name id }
            """
        let answer = try await installation.graphQL(document, bearer: key)
        #expect(answer.status == 200)
        #expect(
            answer.body
                == #"{"data":{"account":{"name":"Ada","id":"\#(account.id)","email":"ada@example.com","timezone":"UTC"}}}"#
        )
    }

    @Test(arguments: [(true, ["id", "email"]), (false, ["id", "name"])])
    func `S67 variables steer @skip and @include`(isShown: Bool, expected: [String]) async throws {
        let (installation, _, key) = try await world()
        let answer = try await installation.graphQL(
            "query($show: Boolean!) { account { id email @include(if: $show) name @skip(if: $show) } }",
            variables: ["show": isShown], bearer: key)
        #expect(answer.status == 200)
        let account = try #require(answer.data?["account"] as? [String: Any])
        #expect(Set(account.keys) == Set(expected))
    }

    @Test func `S67 a default stands in for an absent variable and not for a null one`() async throws {
        let (installation, _, key) = try await world()
        let document = "query($show: Boolean! = true) { account { id email @include(if: $show) } }"
        let absent = try await installation.graphQL(document, bearer: key)
        #expect((absent.data?["account"] as? [String: Any])?["email"] as? String == "ada@example.com")
        let null = try await installation.graphQL(document, variables: ["show": NSNull()], bearer: key)
        #expect(null.status == 400)
        #expect(null.graphQLCode == "BAD_USER_INPUT")
    }

    @Test func `S67 operationName picks one of several operations`() async throws {
        let (installation, account, key) = try await world()
        let document = "query A { account { id } } query B { account { email } }"
        let first = try await installation.graphQL(document, operationName: "A", bearer: key)
        #expect(first.body == #"{"data":{"account":{"id":"\#(account.id)"}}}"#)
        let second = try await installation.graphQL(document, operationName: "B", bearer: key)
        #expect(second.body == #"{"data":{"account":{"email":"ada@example.com"}}}"#)
        for name in [nil, "C"] {
            let answer = try await installation.graphQL(document, operationName: name, bearer: key)
            #expect(answer.status == 400)
            #expect(answer.graphQLCode == "OPERATION_RESOLUTION_FAILURE")
            #expect(answer.json["data"] == nil, "nothing was executed")
        }
    }

    /// What the body is, why it cannot be run, and which code says so.
    static let refused: [(body: String, why: String, code: String)] = [
        (#"{"query":"{ account { nope } }"}"#, "unknown field", "GRAPHQL_VALIDATION_FAILED"),
        (#"{"query":"{ account }"}"#, "object without selections", "GRAPHQL_VALIDATION_FAILED"),
        (#"{"query":"{ account { id { x } } }"}"#, "selections on a scalar", "GRAPHQL_VALIDATION_FAILED"),
        (#"{"query":"{ account(id: 1) { id } }"}"#, "unknown argument", "GRAPHQL_VALIDATION_FAILED"),
        (#"{"query":"{ account { ...F } }"}"#, "unknown fragment", "GRAPHQL_VALIDATION_FAILED"),
        (
            #"{"query":"{ account { ...F } } fragment F on Account { ...F }"}"#, "fragment cycle",
            "GRAPHQL_VALIDATION_FAILED"
        ),
        (#"{"query":"{ account { id @include } }"}"#, "missing argument", "GRAPHQL_VALIDATION_FAILED"),
        (#"{"query":"{ account { id: email id } }"}"#, "conflicting fields", "GRAPHQL_VALIDATION_FAILED"),
        (#"{"query":"query($a: Nope) { account { id } }"}"#, "unknown type", "GRAPHQL_VALIDATION_FAILED"),
        (#"{"query":"{ account { id @include(if: $x) } }"}"#, "undefined variable", "GRAPHQL_VALIDATION_FAILED"),
        (
            #"{"query":"{ account { organizations(filter: {organizationId: 7}) { id } } }"}"#, "wrong literal",
            "GRAPHQL_VALIDATION_FAILED"
        ),
        (#"{"query":"{ account { id "}"#, "unclosed", "GRAPHQL_PARSE_FAILED"),
        (#"{"query":""}"#, "empty document", "GRAPHQL_PARSE_FAILED"),
        (#"{"query":"query($b: Boolean!) { account { id @include(if: $b) } }"}"#, "no variable", "BAD_USER_INPUT"),
        (
            #"{"query":"query($b: Boolean!) { account { id @include(if: $b) } }","variables":{"b":"yes"}}"#,
            "variable of another type", "BAD_USER_INPUT"
        ),
        (#"{"query":"{ account { id } }","variables":[]}"#, "variables that are no object", "BAD_REQUEST"),
        (#"{"query":7}"#, "a query that is no string", "BAD_REQUEST"),
        (#"{}"#, "no query", "BAD_REQUEST"),
        (#"[{"query":"{ account { id } }"}]"#, "a batch", "BAD_REQUEST"),
        (#"{"query":"{ account { id } }""#, "broken JSON", "BAD_REQUEST"),
        ("", "no body", "BAD_REQUEST"),
        ("null", "no object", "BAD_REQUEST"),
    ]

    @Test(arguments: refused)
    func `S67 what cannot be run is a 400 without data, and says why in errors`(
        body: String, why: String, code: String
    ) async throws {
        let (installation, _, key) = try await world()
        let answer = try await installation.send(
            .post, "/", headers: [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)")], body: body)
        #expect(answer.status == 400, "\(why)")
        #expect(answer.graphQLCode == code, "\(why): \(answer.body)")
        #expect(answer.json["data"] == nil, "\(why)")
        #expect((answer.errors.first?["message"] as? String)?.isEmpty == false, "\(why)")
        #expect(!answer.body.contains(key))
    }

    @Test func `S67 a validation error says where`() async throws {
        let (installation, _, key) = try await world()
        let answer = try await installation.graphQL("{\n  account {\n    nope\n  }\n}", bearer: key)
        #expect(answer.status == 400)
        let error = try #require(answer.errors.first)
        #expect((error["message"] as? String)?.contains(#"Cannot query field "nope" on type "Account""#) == true)
        let place = try #require((error["locations"] as? [[String: Int]])?.first)
        #expect(place == ["line": 3, "column": 5])
        #expect(error["path"] == nil, "nothing was executed")
    }

    @Test func `S67 an error of a field says where in the document and where in the answer, by its alias`() async throws {
        let (installation, _, key) = try await world()
        let answer = try await installation.graphQL(
            "{\n  me: account {\n    id\n    theirs: organizations(filter: {organizationId: \"x\"}) { id }\n  }\n}",
            bearer: key)
        #expect(answer.status == 200)
        #expect(answer.json["data"] is NSNull, "the list and the account above it are non-null")
        #expect(answer.errors.count == 1)
        let error = try #require(answer.errors.first)
        #expect(error["path"] as? [String] == ["me", "theirs"])
        #expect(error["locations"] as? [[String: Int]] == [["line": 4, "column": 5]])
        #expect((error["extensions"] as? [String: Any])?["code"] as? String == "NOT_FOUND")
    }

    @Test func `S67 an operation of a kind that is not served is refused before anything runs`() async throws {
        let (installation, _, key) = try await world()
        for document in ["mutation { x }", "subscription { x }"] {
            let answer = try await installation.graphQL(document, bearer: key)
            #expect(answer.status == 400, "\(document)")
            #expect(answer.json["data"] == nil)
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
    func `S67 only JSON is taken, so that no form of another page can call the API`(type: String) async throws {
        let (installation, _, key) = try await world()
        let headers = [("Authorization", "Bearer \(key)")] + (type.isEmpty ? [] : [("Content-Type", type)])
        let answer = try await installation.send(
            .post, "/", headers: headers, body: #"{"query":"{ account { id } }"}"#)
        #expect(answer.status == 415)
        #expect(answer.graphQLCode == "UNSUPPORTED_MEDIA_TYPE")
        #expect(answer.data == nil)
    }
}
