/// Counts the hashtags of a text.
enum Hashtags {
    static func count(in text: String) -> Int {
        var count = 0
        var previous: Character?
        var isOpen = false
        for character in text {
            if isOpen, character.isLetter || character.isNumber || character == "_" { count += 1 }
            isOpen = character == "#" && !(previous?.isLetter ?? false) && !(previous?.isNumber ?? false)
            previous = character
        }
        return count
    }
}
