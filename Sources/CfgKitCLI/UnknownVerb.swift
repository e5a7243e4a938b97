import ArgumentParser
import CfgKit

/// What is said of a first word that is no verb.
enum UnknownVerb {
  /// Nil for a verb. The word itself is shown only if it is near one: it may be anything.
  static func failure(for word: String) -> Failure? {
    let verbs = CfgKitCommand.configuration.groupedSubcommands.flatMap(\.subcommands).map {
      $0.configuration.commandName ?? ""
    }
    if verbs.contains(word) || word == "help" { return nil }
    let meant = NearMiss.candidate(for: word, among: verbs)
    return .usage(
      "no such verb\(meant.map { "; did you mean cfgkit \($0)?" } ?? ""); the verbs: cfgkit --help")
  }
}
