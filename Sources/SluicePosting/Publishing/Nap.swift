/// A wait that somebody can end. An end that comes while nobody sleeps keeps the next sleep from beginning, so none is missed.
actor Nap {
    private var sleeper: Task<Void, Never>?
    private var isEnded = false

    /// Waits for so long, or until ``end()`` or the cancellation of the task.
    func sleep(for time: Duration) async {
        guard !isEnded else {
            isEnded = false
            return
        }
        let sleeper = Task<Void, Never> { try? await Task.sleep(for: time) }
        self.sleeper = sleeper
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
        self.sleeper = nil
        isEnded = false
    }

    /// Ends the present wait, or the next.
    func end() {
        isEnded = true
        sleeper?.cancel()
    }
}
