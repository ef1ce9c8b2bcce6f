@testable import SluiceGraphQL

/// A small API that has one of everything.
enum Fixture {
    static let sdl = """
        "When something happened."
        scalar DateTime @specifiedBy(url: "https://example.com/date-time")
        interface Node { id: ID! }
        interface Being implements Node { id: ID! name: String }
        type Person implements Being & Node {
          id: ID!
          name: String
          age: Int
          friends(first: Int = 2): [Person!]
          best: Person
          must: Person!
          mood: Mood
          secret: String
          born: DateTime
        }
        type Robot implements Being & Node { id: ID! name: String serial(format: Format): String! }
        union Any = Person | Robot
        enum Mood { HAPPY SAD OLD @deprecated(reason: "Use SAD.") }
        enum Format { SHORT LONG }
        input Filter { name: String! limit: Int = 10 moods: [Mood!] nested: Filter }
        input Key @oneOf { id: ID email: String }
        type Query {
          person(id: ID): Person
          people: [Person]
          strictPeople: [Person!]!
          being(robot: Boolean): Being
          anything: [Any!]
          echo(text: String, number: Int, real: Float, flag: Boolean, id: ID, filter: Filter, list: [Int], moods: [Mood!], when: DateTime): String
          find(key: Key!): String
          required(x: Int!): Int
          never: String!
          slow: Person
          fails: String
          old: String @deprecated
        }
        type Mutation { add(n: Int!): Int slowAdd(n: Int!): Int }
        """

    struct Caller: Sendable {
        var mayReadSecrets = true
        var log = Log()
    }

    actor Log {
        private(set) var entries: [String] = []
        func add(_ entry: String) { entries.append(entry) }
    }

    final class Person: GraphQLObject {
        static let graphQLType = "Person"
        let id: String
        let friends: [Person]

        init(_ id: String, friends: [Person] = []) {
            self.id = id
            self.friends = friends
        }
    }

    struct Robot: GraphQLObject {
        static let graphQLType = "Robot"
    }

    struct Unforeseen: Error {}

    static let ada = Person("ada", friends: [Person("bob"), Person("cy", friends: [Person("dan")])])

    static func engine(_ limits: GraphQLLimits = GraphQLLimits()) throws -> GraphQLEngine<Caller> {
        var resolvers = ResolverRegistry(context: Caller.self)
        resolvers.resolve("Query", "person") { _ in ada }
        resolvers.resolve("Query", "people") { _ in [ada, nil, Person("eve")] }
        resolvers.resolve("Query", "strictPeople") { _ in [Person("eve"), Person("bad")] }
        resolvers.resolve("Query", "being") { request -> FieldValue in
            request.arguments["robot"]?.bool == true ? Robot().fieldValue : ada.fieldValue
        }
        resolvers.resolve("Query", "anything") { _ in FieldValue.list([ada.fieldValue, Robot().fieldValue]) }
        resolvers.resolve("Query", "echo") { JSONValue.object($0.arguments).description }
        resolvers.resolve("Query", "find") { JSONValue.object($0.arguments).description }
        resolvers.resolve("Query", "required") { $0.arguments["x"] ?? .null }
        resolvers.resolve("Query", "never") { _ in String?.none }
        resolvers.resolveAsync("Query", "slow") { request in
            await Task.yield()
            await request.context.log.add("slow")
            return ada
        }
        resolvers.resolve("Query", "fails") { _ -> String in throw Unforeseen() }
        resolvers.resolveAsync("Mutation", "slowAdd") { request -> Int? in
            let n = request.arguments["n"]?.int ?? 0
            await request.context.log.add("begin \(n)")
            await Task.yield()
            await request.context.log.add("end \(n)")
            return n
        }
        resolvers.resolve("Mutation", "add") { $0.arguments["n"]?.int }
        resolvers.object(Person.self) { person in
            person.field("id") { $0.id }
            person.field("name") { $0.id.uppercased() }
            person.field("age") { $0.id == "bad" ? JSONValue.string("x") : .int(36) }
            person.field(
                "friends",
                with: { person, request in
                    Array(person.friends.prefix(request.arguments["first"]?.int ?? 0))
                })
            person.batchField("best") { people, request in
                await request.context.log.add("best of " + people.map(\.id).joined(separator: " "))
                return people.map { $0.friends.last }
            }
            person.field("must") { person -> Person? in person.friends.first }
            person.field("mood") { $0.id == "ada" ? "HAPPY" : "ANGRY" }
            person.field("secret") { _ in "hidden" }
            person.field("born") { _ in "2026-01-01" }
        }
        resolvers.object(Robot.self) { robot in
            robot.field("id") { _ in "r2" }
            robot.field("name") { _ in "R2" }
            robot.field("serial", with: { _, request in request.arguments["format"]?.string ?? "none" })
        }
        resolvers.scalar(
            "DateTime",
            ScalarCoercion(
                parse: { value in
                    guard case .string(let text) = value, text.hasPrefix("20") else { throw Unforeseen() }
                    return value
                },
                serialize: { value in .string((value.string ?? "") + "T00:00:00.000Z") }))
        resolvers.checkFields { type, field in
            guard type == "Person", field == "secret" else { return nil }
            return { $0.mayReadSecrets ? nil : GraphQLError("Missing scope secrets:read.", code: "FORBIDDEN") }
        }
        return try GraphQLEngine(sdl: sdl, resolvers: resolvers, limits: limits)
    }

    static func run(
        _ query: String, _ variables: JSONObject = [:], operation: String? = nil, caller: Caller = Caller()
    ) async throws -> JSONValue {
        let response = await (try engine()).execute(
            GraphQLRequest(query: query, variables: variables, operationName: operation), context: caller)
        return try JSONParser().parse(response.body)
    }

    static func messages(_ query: String) throws -> [String] { try engine().validate(query).map(\.message) }
}
