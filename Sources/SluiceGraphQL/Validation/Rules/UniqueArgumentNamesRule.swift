/// Arguments of one place have different names.
/// - Source: GraphQL October 2021 §5.4.2.
final class UniqueArgumentNamesRule: ValidationRule {
    override func enter(_ arguments: [Argument], owner: ArgumentOwner?) {
        guard arguments.count > 1 else { return }
        let groups = Dictionary(grouping: arguments, by: \.name.text)
        guard groups.count < arguments.count else { return }
        var reported: Set<String> = []
        for argument in arguments {
            let name = argument.name.text
            guard let group = groups[name], group.count > 1, reported.insert(name).inserted else { continue }
            report("There can be only one argument named \"\(name)\".", at: group.map(\.name.location))
        }
    }
}
