import SluicePosting

extension TemplateDraft {
    /// A `CreatePostTemplateInput`. Buffer's reference does not say who sees a template that leaves it open; here its author alone.
    init(_ input: InputObject, in organization: OrganizationReference, by author: AccountReference) {
        self.init(
            organization: organization, author: author, title: input.text("title"), body: input.text("body"),
            description: input.text("description"), emoji: input.text("emoji"))
        if let visibility: TemplateVisibility = input.value("visibility") { self.visibility = visibility }
    }
}

extension TemplateEdit {
    /// An `UpdatePostTemplateInput`. What is left out stays as it is.
    init(_ input: InputObject) {
        self.init(
            title: input.string("title"), body: input.string("body"), description: input.string("description"),
            emoji: input.string("emoji"), visibility: input.value("visibility"))
    }
}
