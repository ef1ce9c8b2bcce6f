/// Finds members by name in an object that is read or grows. Only a large one pays for a hash table; without it a hostile one would
/// cost the square of its size.
struct MemberIndex {
    private var places: [String: Int] = [:]

    /// Where the name stands among `names`, which differ from each other and may have become more since the last call.
    mutating func place(of name: String, in names: [String]) -> Int? {
        if names.count <= 16 { return names.firstIndex(of: name) }
        for index in places.count..<names.count { places[names[index]] = index }
        return places[name]
    }
}
