/// Runs one operation. One task owns the response and completes every value; other tasks run nothing but resolvers, so
/// there is no lock, and an operation whose resolvers do not wait makes no task at all.
/// - Source: GraphQL October 2021 §6.
struct Execution {
    private let schema: GraphQLSchema
    private let variables: ValueCoercion.Variables
    private let context: ContextBox
    private let mask: @Sendable (any Error) -> GraphQLError
    private let errorLimit: Int
    private(set) var tree = ResponseTree()
    private(set) var errors: [GraphQLError] = []
    private var pending: [PendingField] = []
    private var coercedArguments: [ObjectIdentifier: Result<JSONObject, GraphQLError>] = [:]

    init(
        schema: GraphQLSchema, variables: ValueCoercion.Variables, context: ContextBox, errorLimit: Int,
        mask: @escaping @Sendable (any Error) -> GraphQLError
    ) {
        self.schema = schema
        self.variables = variables
        self.context = context
        self.mask = mask
        self.errorLimit = errorLimit
    }

    /// Runs the root selections: together for a query, one after the other for a mutation. Source: §6.2.
    mutating func run(_ plan: SelectionPlan, serially: Bool, source: ObjectSource) async {
        let first = tree.becomeObject(ResponseTree.root, plan)
        for index in plan.fields.indices {
            let gone =
                serially && Task.isCancelled
                ? fail(Self.cancelled, plan.fields[index], first + index)
                : execute(plan.fields[index], at: first + index, source)
            if serially, !pending.isEmpty { await drain() }
            if gone == ResponseTree.root || tree.isGone(first + index) { break }
        }
        if !pending.isEmpty { await drain() }
    }
}

// MARK: - Fields

extension Execution {
    /// What `execute` and `complete` return when no null climbed above the node: larger than any node.
    private static let nothingGone = Int.max

    /// Executes the fields of an object.
    /// - Returns: The node at which null came to stand, if one did above this object; then its siblings are pointless.
    private mutating func execute(_ plan: SelectionPlan, at node: Int, _ source: ObjectSource) -> Int {
        let first = tree.becomeObject(node, plan)
        for index in plan.fields.indices {
            let gone = execute(plan.fields[index], at: first + index, source)
            if gone <= node { return gone }
        }
        return Self.nothingGone
    }

    private mutating func execute(_ plan: FieldPlan, at node: Int, _ source: ObjectSource) -> Int {
        if let check = plan.definition.check, let error = check(context) { return fail(error, plan, node) }
        switch plan.definition.resolver {
        case .typename:
            tree.set(node, .string(plan.parent.name))
            return Self.nothingGone
        case .member:
            return complete(member(plan.definition.name, of: source), plan.definition.type, plan, node)
        case .sync(let resolve):
            do {
                let value = try resolve(try input(plan, source))
                return complete(value, plan.definition.type, plan, node)
            } catch {
                return fail(error, plan, node)
            }
        case .async, .batch:
            do {
                pending.append(PendingField(node: node, input: try input(plan, source)))
                return Self.nothingGone
            } catch {
                return fail(error, plan, node)
            }
        }
    }

    private mutating func input(_ plan: FieldPlan, _ source: ObjectSource) throws(GraphQLError) -> FieldInput {
        let arguments: JSONObject
        switch plan.arguments {
        case .constant(let constant): arguments = constant
        case .invalid(let error): throw error
        case .dynamic: arguments = try self.arguments(of: plan)
        }
        return FieldInput(source: source, arguments: arguments, context: context, plan: plan)
    }

    /// Coerced once, however many objects of a list have the field: variables do not change within a request.
    private mutating func arguments(of plan: FieldPlan) throws(GraphQLError) -> JSONObject {
        if let known = coercedArguments[ObjectIdentifier(plan)] { return try known.get() }
        let coerced = Result { () throws(GraphQLError) in
            try ValueCoercion(schema: schema).arguments(
                plan.definition.arguments, plan.nodes[0].arguments, variables: variables, at: plan.nodes[0].location)
        }
        coercedArguments[ObjectIdentifier(plan)] = coerced
        return try coerced.get()
    }

    private func member(_ name: String, of source: ObjectSource) -> FieldValue {
        source.value(as: JSONValue.self)?[name]?.fieldValue ?? .null
    }

    /// Records an error of a field, unless there are enough, and lets null climb. Source: §6.4.4.
    private mutating func fail(_ error: any Error, _ plan: FieldPlan, _ node: Int) -> Int {
        if errors.count < errorLimit {
            var error = error as? GraphQLError ?? mask(error)
            if error.locations.isEmpty { error.locations = plan.nodes.prefix(Self.mostLocations).map(\.location) }
            error.path = tree.path(of: node)
            errors.append(error)
        } else if errors.count == errorLimit {
            errors.append(GraphQLError("Too many errors, error limit reached. Further errors are not listed."))
        }
        return tree.nullify(node)
    }

    /// How many places an error names of a field that is written many times.
    private static let mostLocations = 20
    private static let cancelled = GraphQLError("The request was cancelled.")
}

// MARK: - Completing values

extension Execution {
    /// Puts a value in its place, as its type demands. Source: §6.4.3.
    private mutating func complete(_ value: FieldValue, _ type: TypeReference, _ plan: FieldPlan, _ node: Int) -> Int {
        switch value {
        case .null: return completeNull(type, plan, node)
        case .failure(let error): return fail(error, plan, node)
        case .json, .object, .list: break
        }
        let nullable = type.nullable
        if nullable.isList { return completeList(value, nullable.unwrapped, plan, node) }
        switch schema[type] {
        case .scalar(let scalar):
            guard let json = value.json else { return fail(unfit(plan), plan, node) }
            do {
                let written = try scalar.serialize(json)
                if written.isNull { return completeNull(type, plan, node) }
                tree.set(node, written)
                return Self.nothingGone
            } catch {
                return fail(error, plan, node)
            }
        case .enumeration(let type):
            guard case .json(let json) = value, case .string(let name) = json, type.contains(name) else {
                return fail(misfit(value, type), plan, node)
            }
            tree.set(node, json)
            return Self.nothingGone
        case .object(let object):
            guard let source = source(of: value), source.typeName == nil || source.typeName == object.name else {
                return fail(unfit(plan), plan, node)
            }
            return execute(plan.selection(on: object), at: node, source)
        case .interface, .union:
            do {
                let (source, object) = try runtimeType(of: value, type.named, plan)
                return execute(plan.selection(on: object), at: node, source)
            } catch {
                return fail(error, plan, node)
            }
        case .input:
            return fail(unfit(plan), plan, node)
        }
    }

    private mutating func completeNull(_ type: TypeReference, _ plan: FieldPlan, _ node: Int) -> Int {
        guard type.isNonNull else {
            tree.setNull(node)
            return Self.nothingGone
        }
        return fail(GraphQLError("Cannot return null for non-nullable field \(coordinate(plan))."), plan, node)
    }

    private mutating func completeList(_ value: FieldValue, _ item: TypeReference, _ plan: FieldPlan, _ node: Int)
        -> Int
    {
        let items: [FieldValue]
        switch value {
        case .list(let list): items = list
        case .json(.array(let list)): items = list.map { $0.fieldValue }
        case .null, .json, .object, .failure:
            return fail(
                GraphQLError("Expected Iterable, but did not find one for field \"\(coordinate(plan))\"."), plan, node)
        }
        let first = tree.becomeList(node, count: items.count, isNullable: !item.isNonNull)
        for index in items.indices {
            let gone = complete(items[index], item, plan, first + index)
            if gone <= node { return gone }
        }
        return Self.nothingGone
    }

    private func source(of value: FieldValue) -> ObjectSource? {
        switch value {
        case .object(let source): source
        case .json(.object(let object)):
            ObjectSource(JSONValue.object(object), type: object["__typename"]?.string)
        case .null, .json, .list, .failure: nil
        }
    }

    /// The object behind a value of an abstract type, and its type. Source: §6.4.3, ResolveAbstractType().
    private func runtimeType(
        of value: FieldValue, _ abstract: TypeID, _ plan: FieldPlan
    ) throws(GraphQLError) -> (ObjectSource, ObjectType) {
        let expected = schema[abstract].name
        guard let source = source(of: value), let name = source.typeName else {
            throw GraphQLError(
                "Abstract type \"\(expected)\" must resolve to an Object type at runtime for field \"\(coordinate(plan))\".")
        }
        guard let type = schema.type(named: name) else {
            throw GraphQLError(
                "Abstract type \"\(expected)\" was resolved to a type \"\(name)\" that does not exist inside the schema.")
        }
        guard case .object(let object) = type else {
            throw GraphQLError("Abstract type \"\(expected)\" was resolved to a non-object type \"\(name)\".")
        }
        guard schema.isPossible(object.id, for: abstract) else {
            throw GraphQLError("Runtime Object type \"\(name)\" is not a possible type for \"\(expected)\".")
        }
        return (source, object)
    }

    private func misfit(_ value: FieldValue, _ type: EnumType) -> GraphQLError {
        guard case .json(let value) = value else {
            return GraphQLError("Enum \"\(type.name)\" cannot represent the value it was given.")
        }
        return GraphQLError("Enum \"\(type.name)\" cannot represent value: \(value.inspected)")
    }

    private func coordinate(_ plan: FieldPlan) -> String { "\(plan.parent.name).\(plan.definition.name)" }

    private func unfit(_ plan: FieldPlan) -> GraphQLError {
        GraphQLError("The value of field \"\(coordinate(plan))\" does not fit its type.")
    }
}

// MARK: - Waiting

extension Execution {
    /// A field whose resolver waits, and its place in the response.
    private struct PendingField: Sendable {
        let node: Int
        let input: FieldInput
    }

    /// One call of a resolver: for one field, or for a batch of the same field on several objects.
    private struct Job: Sendable {
        var fields: [PendingField]

        func run() async -> Outcome {
            guard let input = fields.first?.input else { return Outcome(job: self, results: []) }
            do {
                switch input.plan.definition.resolver {
                case .async(let resolve):
                    return Outcome(job: self, results: [.success(try await resolve(input))])
                case .batch(let load):
                    let values = try await load(fields.map(\.input.source), input)
                    guard values.count == fields.count else {
                        throw GraphQLError("A batch of \(fields.count) gave \(values.count) values.")
                    }
                    return Outcome(job: self, results: values.map { .success($0) })
                case .sync, .member, .typename:
                    return Outcome(job: self, results: fields.map { _ in .success(.null) })
                }
            } catch {
                return Outcome(job: self, results: fields.map { _ in .failure(error) })
            }
        }
    }

    private struct Outcome: Sendable {
        let job: Job
        let results: [Result<FieldValue, any Error>]
    }

    /// Runs what waits, and what that in turn makes wait, until nothing does. A single resolver runs right here;
    /// several run beside each other.
    private mutating func drain() async {
        while true {
            let jobs = takeJobs()
            switch jobs.count {
            case 0: return
            case 1: accept(await jobs[0].run())
            default: await runBeside(jobs)
            }
        }
    }

    private mutating func runBeside(_ jobs: [Job]) async {
        await withTaskGroup(of: Outcome.self) { group in
            for job in jobs { group.addTask { await job.run() } }
            while let outcome = await group.next() {
                accept(outcome)
                for job in takeJobs() { group.addTask { await job.run() } }
            }
        }
    }

    private mutating func takeJobs() -> [Job] {
        // Nobody waits for the answer any more: what runs may end, nothing new begins.
        if Task.isCancelled {
            for field in pending where !tree.isGone(field.node) { _ = fail(Self.cancelled, field.input.plan, field.node) }
            pending.removeAll()
            return []
        }
        var jobs: [Job] = []
        // One plan means one field with the same arguments: variables do not change within a request.
        var batches: [ObjectIdentifier: Int] = [:]
        for field in pending where !tree.isGone(field.node) {
            guard case .batch = field.input.plan.definition.resolver else {
                jobs.append(Job(fields: [field]))
                continue
            }
            if let place = batches[ObjectIdentifier(field.input.plan)] {
                jobs[place].fields.append(field)
            } else {
                batches[ObjectIdentifier(field.input.plan)] = jobs.count
                jobs.append(Job(fields: [field]))
            }
        }
        pending.removeAll(keepingCapacity: true)
        return jobs
    }

    /// Completes what came back. What null has overtaken meanwhile is dropped, its errors too. Source: §6.4.4.
    private mutating func accept(_ outcome: Outcome) {
        for (field, result) in zip(outcome.job.fields, outcome.results) where !tree.isGone(field.node) {
            let plan = field.input.plan
            switch result {
            case .success(let value): _ = complete(value, plan.definition.type, plan, field.node)
            case .failure(let error): _ = fail(error, plan, field.node)
            }
        }
    }
}
