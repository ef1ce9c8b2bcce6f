import ArgumentParser

/// The organization that an `organization` command is about: `organization show ID` or `organization show --organization ID`.
struct OrganizationChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("The organization's id. The flag --organization does the same.", valueName: "id"))
    var named: String?

    @Option(help: ArgumentHelp("The organization's id.", valueName: "id"))
    var organization: String?

    func validate() throws {
        guard (named == nil) != (organization == nil) else { throw ValidationError("Name one organization, by its id.") }
    }

    /// What was given; `validate()` saw to it that there is something.
    var text: String { named ?? organization ?? "" }
}
