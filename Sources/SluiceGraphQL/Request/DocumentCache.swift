import Synchronization

/// Documents that were parsed and validated, by their text. Bounded in number, in bytes and in what was compiled from them; what was
/// not asked for the longest goes first. Only valid documents are kept, so that nonsense cannot push out what is in use.
final class DocumentCache: Sendable {
    /// A text by its bytes. As strings, texts that differ in Unicode normalization are equal, and the literals of one
    /// document would answer for the other's.
    private struct Key: Hashable {
        let text: String

        static func == (a: Key, b: Key) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    private struct Entry {
        let document: PreparedDocument
        let size: Int
        var lastUse: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var bytes = 0
        var uses: UInt64 = 0
    }

    private let entryLimit: Int
    private let limitInBytes: Int
    private let fieldLimit: Int
    /// Of the plans made from these documents, and from those that were kept before and still run.
    let count = PlanCount()
    private let state = Mutex(State())

    init(entryLimit: Int, limitInBytes: Int, fieldLimit: Int) {
        self.entryLimit = entryLimit
        self.limitInBytes = limitInBytes
        self.fieldLimit = fieldLimit
    }

    func document(for text: String) -> PreparedDocument? {
        let key = Key(text: text)
        return state.withLock { state in
            // Plans grow as they run, so every request looks.
            while count.fields > fieldLimit, removeOldest(&state) {}
            guard let index = state.entries.index(forKey: key) else { return nil }
            state.uses += 1
            state.entries.values[index].lastUse = state.uses
            return state.entries.values[index].document
        }
    }

    func insert(_ document: PreparedDocument, for text: String) {
        let size = text.utf8.count
        // One document must not empty the cache of all others.
        guard entryLimit > 0, size <= limitInBytes / 4 else { return }
        let key = Key(text: text)
        state.withLock { state in
            guard state.entries[key] == nil else { return }
            while state.entries.count >= entryLimit || state.bytes + size > limitInBytes {
                guard removeOldest(&state) else { break }
            }
            state.uses += 1
            state.entries[key] = Entry(document: document, size: size, lastUse: state.uses)
            state.bytes += size
        }
    }

    private func removeOldest(_ state: inout State) -> Bool {
        guard let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return false }
        state.entries[oldest.key] = nil
        state.bytes -= oldest.value.size
        return true
    }

    /// How many documents there are, and how many bytes of text.
    var usage: (documents: Int, bytes: Int) { state.withLock { ($0.entries.count, $0.bytes) } }
}
