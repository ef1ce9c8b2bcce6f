import ArgumentParser

/// The account that an `account` command is about: `account disable ada@example.com` or `account disable --account ada@example.com`.
struct AccountChoice: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The account: e-mail address or id. The flag --account does the same.", valueName: "account")
    )
    var named: String?

    @Option(help: ArgumentHelp("The account: e-mail address or id.", valueName: "account"))
    var account: String?

    func validate() throws {
        guard (named == nil) != (account == nil) else {
            throw ValidationError("Name one account, by e-mail address or id.")
        }
    }

    /// What was given; `validate()` saw to it that there is something.
    var text: String { named ?? account ?? "" }
}
