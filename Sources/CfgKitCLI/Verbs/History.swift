import ArgumentParser
import CfgKit

/// `cfgkit history`: when the document of a store was changed, and which keys.
struct History: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Say when the document of a store was changed, and which keys. No values.")

  @Argument(help: "Speak of these keys only.", completion: KeyNames.completion)
  var keys: [String] = []

  @Option(help: ArgumentHelp("How many changes at most, the newest first.", valueName: "n"))
  var limit = 20

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  var namedKeys: [String] { keys }

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    guard limit > 0 else { throw Failure.usage("--limit takes 1 or more") }
    guard let stored = reading.stored else { throw Failure.noStore(besides: global.files) }
    guard stored.document != nil else { throw Failure.noDocument(at: stored.store) }
    guard let store = stored.store as? any HistoryStore else {
      throw Failure.usage("\(stored.store.name) keeps no history; etcd does, until its next compaction")
    }
    let lines = HistoryLines(
      try await DocumentHistory(of: store, limit: limit), of: keys, in: try Project.load(reading))
    try console.answer(answersJSON ? lines.json.text : lines.text)
    if !lines.reachesBeginning { console.note("note: older changes are not kept, or not shown; see --limit") }
    return .ok
  }
}
