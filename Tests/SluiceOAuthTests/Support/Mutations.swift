/// Every text that differs from `text` by one character: replaced by another of `alphabet`, dropped, doubled, or added at an end.
func mutations(of text: String, alphabet: String) -> [String] {
    let bytes = Array(text.utf8)
    var mutations: [[UInt8]] = []
    for index in bytes.indices {
        for replacement in alphabet.utf8 where replacement != bytes[index] {
            var changed = bytes
            changed[index] = replacement
            mutations.append(changed)
        }
        var dropped = bytes
        dropped.remove(at: index)
        mutations.append(dropped)
        var doubled = bytes
        doubled.insert(bytes[index], at: index)
        mutations.append(doubled)
    }
    for extra in " =.A\n".utf8 {
        mutations.append(bytes + [extra])
        mutations.append([extra] + bytes)
    }
    return mutations.map { String(decoding: $0, as: UTF8.self) }
}

/// The characters of base64url and a few strangers.
let probeAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= .\n"
