/// Everything this module keeps. One engine implements all of it.
public typealias PostingStore = ChannelStore & IdeaStore & NoteStore & OutboxStore & PostStore & TagStore & TemplateStore
