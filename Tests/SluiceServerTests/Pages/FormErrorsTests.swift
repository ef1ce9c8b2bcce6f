import Testing

@testable import SluiceServer

@Suite("Form errors")
struct FormErrorsTests {
    @Test func `the first message of a field stands at the field, all of them in the summary`() throws {
        let errors: FormErrors = [("name", "first"), ("name", "second"), (nil, "whole form")]
        let values = errors.values
        #expect(values["name"] as? String == "first")
        #expect(values["any"] as? Bool == true)
        #expect(
            (values["list"] as? [[String: Any]])?.compactMap { $0["message"] as? String } == [
                "first", "second", "whole form",
            ])
    }

    @Test func `without errors there is no summary`() {
        let none: FormErrors = []
        #expect(none.isEmpty && none.values["any"] as? Bool == false)
    }
}
