import Foundation
import Logging
import ServiceLifecycle
import SluiceClient
import SluiceHTTPTransport
import UnixSignals

/// Posts what is due in a folder, until it is told to stop.
@main
struct Worker: Service {
    let outbox: Outbox
    let poster: Poster
    let interval: Duration
    let logger: Logger

    static func main() async {
        let logger = Logger(label: "worker")
        do {
            let settings = try Settings(ProcessInfo.processInfo.environment)
            let worker = Worker(
                outbox: try Outbox(folder: settings.outbox), poster: try await settings.poster(), interval: settings.interval,
                logger: logger)
            try await ServiceGroup(
                services: [worker], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
            ).run()
        } catch {
            logger.critical("\(words(for: error))")
            exit(1)
        }
    }

    func run() async throws {
        while !Task.isShuttingDownGracefully {
            let wait = try await postWhatIsDue()
            // A signal ends the nap at once, but never a post that is under way: half a post is worse than a late one.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: wait) }
        }
    }

    /// Posts until nothing is due or the API wants a pause.
    /// - Returns: How long to wait before the next look.
    private func postWhatIsDue() async throws -> Duration {
        for job in try outbox.due(at: Date()) {
            if Task.isShuttingDownGracefully { break }
            let claim = try outbox.claim(job)
            switch await poster.post(job) {
            case .posted(let id):
                try outbox.finish(claim, as: .sent)
                logger.info("Posted", metadata: ["job": "\(job.name)", "post": "\(id)"])
            case .refused(let why):
                try outbox.finish(claim, as: .refused)
                logger.error("Refused", metadata: ["job": "\(job.name)", "reason": "\(why)"])
            case .inDoubt(let why):
                try outbox.finish(claim, as: .inDoubt)
                logger.error("Look before you send it again", metadata: ["job": "\(job.name)", "reason": "\(why)"])
            case .notNow(let why, let wait):
                try outbox.finish(claim, as: .due)
                logger.warning("Later", metadata: ["job": "\(job.name)", "reason": "\(why)"])
                return max(wait ?? interval, interval)
            case .never(let failure):
                try outbox.finish(claim, as: .due)
                throw failure
            }
        }
        return interval
    }
}
