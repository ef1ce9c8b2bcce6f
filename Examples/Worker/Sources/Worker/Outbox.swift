import Foundation

/// A post that somebody wants to be made: `OUTBOX/due/NAME.json` with `channelID`, `text` and perhaps `dueAt`.
struct Job: Sendable {
    struct Content: Decodable, Sendable {
        var channelID: String
        var text: String
        var dueAt: Date?
    }

    let name: String
    let content: Content
}

/// A folder of jobs, each in the subfolder of its state. A change of state is one rename, so a crash leaves each job in one place.
struct Outbox: Sendable {
    enum State: String, CaseIterable, Sendable {
        case due, sending, sent, refused
        case inDoubt = "in-doubt"
    }

    /// A job that nobody else will send.
    struct Claim { let file: String }

    private let folder: URL

    /// The outbox in a folder. One worker at a time: what a worker that died was sending is in doubt.
    init(folder path: String) throws {
        folder = URL(fileURLWithPath: path, isDirectory: true)
        for state in State.allCases {
            try FileManager.default.createDirectory(at: place(state), withIntermediateDirectories: true)
        }
        for file in try files(in: .sending) { try move(file, from: .sending, to: .inDoubt) }
    }

    /// The jobs that are due, oldest name first. What cannot be read as one is refused.
    func due(at now: Date) throws -> [Job] {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try files(in: .due).compactMap { file in
            let data = try Data(contentsOf: place(.due).appendingPathComponent(file))
            guard let content = try? decoder.decode(Job.Content.self, from: data) else {
                try move(file, from: .due, to: .refused)
                return nil
            }
            return content.dueAt.map { $0 <= now } ?? true ? Job(name: file, content: content) : nil
        }
    }

    /// Takes a job. From here on it is in doubt, should this process die.
    func claim(_ job: Job) throws -> Claim {
        Claim(file: try move(job.name, from: .due, to: .sending))
    }

    /// Says what became of a job.
    func finish(_ claim: Claim, as state: State) throws {
        try move(claim.file, from: .sending, to: state)
    }

    private func files(in state: State) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: place(state).path).filter { $0.hasSuffix(".json") }.sorted()
    }

    private func place(_ state: State) -> URL { folder.appendingPathComponent(state.rawValue, isDirectory: true) }

    /// - Returns: The name that the file has now: another one if a job of its name has been there before.
    @discardableResult
    private func move(_ file: String, from old: State, to new: State) throws -> String {
        var name = file
        if FileManager.default.fileExists(atPath: place(new).appendingPathComponent(name).path) {
            name = "\(file.dropLast(".json".count))-\(UUID().uuidString).json"
        }
        try FileManager.default.moveItem(
            at: place(old).appendingPathComponent(file), to: place(new).appendingPathComponent(name))
        return name
    }
}
