import Foundation
import Testing

@testable import SluiceCLI

@Suite("JSON in another layout")
struct JSONLayoutTests {
    @Test(arguments: [
        #"{"a":"{[,:]} \" \\","b":[[],{}],"c":{"d":[null,true,-1.50e+3]}}"#, "[]", "{}", #""text""#, "12345678901234567890",
        #"["\\"]"#, #"["\\\"",1]"#,
    ])
    func `both layouts hold the same value, byte for byte but for blanks`(json: String) throws {
        #expect(JSONLayout.line(json.utf8) == json)
        let indented = JSONLayout.indented(json.utf8)
        #expect(JSONLayout.line(indented.utf8) == json)
        let options: JSONSerialization.ReadingOptions = .fragmentsAllowed
        let one = try JSONSerialization.jsonObject(with: Data(json.utf8), options: options) as? NSObject
        let other = try JSONSerialization.jsonObject(with: Data(indented.utf8), options: options) as? NSObject
        #expect(one == other)
    }

    @Test func `what a terminal would obey goes out as an escape`() throws {
        let json = "[\"a\u{7F}b\u{9B}31mc\u{202E}d é 🌊\"]"
        let line = JSONLayout.line(json.utf8)
        #expect(line == #"["a\u007fb\u009b31mc\u202ed é 🌊"]"#)
        #expect(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String]
                == JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String])
    }

    @Test(arguments: [
        (#"{"data":{"data":1},"x":2}"#, #"{"data":1}"#), (#"{"x":{"data":1},"data":[2]}"#, "[2]"),
        (#"{"x":"data","data":3}"#, "3"), (#"{"x":["data"],"data":"a,b}"}"#, #""a,b}""#), (#"{ "data" : null }"#, "null"),
        (#"{"\"data\"":1,"data":4}"#, "4"),
    ])
    func `a member of the outermost object is found, and no other of its name`(json: String, value: String) throws {
        let found = try #require(JSONLayout.member("data", of: Array(json.utf8)))
        #expect(JSONLayout.line(found) == value)
    }

    @Test(arguments: [#"{"x":{"data":1}}"#, #"["data"]"#, #"{"x":"data"}"#, "{}", "", "{"])
    func `where there is none, none is found`(json: String) {
        #expect(JSONLayout.member("data", of: Array(json.utf8)) == nil)
    }
}
