public import ArgumentParser
public import SluicePosting

// What posting's words are on the command line: those of the wire. A conformance of a public type is public, so the imports are.

extension Service: ExpressibleByArgument {}
extension ChannelType: ExpressibleByArgument {}
extension DayOfWeek: ExpressibleByArgument {}
extension PostStatus: ExpressibleByArgument {}
extension QueuePosition: ExpressibleByArgument {}
extension TagColor: ExpressibleByArgument {}
