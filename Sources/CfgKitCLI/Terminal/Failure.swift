import CfgKit

/// Why a verb gave up: what is said on stderr (or as a JSON object on stdout) and the status it ends with.
///
/// The message names keys, places and the way out, never a value.
struct Failure: Error, Equatable {
  /// What cfgkit exits with.
  let status: ExitStatus
  /// A fixed word for programs: `usage`, `not-found`, `permission`.
  let code: String
  /// One sentence for people, subject first, the way out last.
  let message: String

  /// A failure of its own kind.
  init(_ status: ExitStatus, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// The same with ways out that are about the same project: their commands name its folder, environment and files, or its store. That of
  /// `init` names the folder alone; those that are about no project, and those that say already what they are about, stay.
  func naming(_ options: Project.Options) -> Failure {
    let call = ": \(Fix.call(options.commandFlags)) "
    let complete = ["--help", "generate", "rules", "templates", "-f ", "-C ", "-e ", "--store "]
    let named = complete.reduce(message.replacing(": cfgkit ", with: call)) { text, word in
      text.replacing(call + word, with: ": cfgkit " + word)
    }
    return Failure(
      status, code, named.replacing(call + "init", with: ": \(Fix.call(options.folderFlags)) init"))
  }

  /// The command line was wrong: 64.
  static func usage(_ message: String) -> Failure { Failure(.usage, "usage", message) }

  /// The verb is about a store, and none is named, or files are named in its place: 64.
  static func noStore(besides files: [String]) -> Failure {
    files.isEmpty
      ? .usage("this is about a store; name it with --store or CFGKIT_STORE")
      : .usage(
        "this is about a store, and --file takes its place; leave --file out: push, pull and diff take a file without it"
      )
  }

  /// The store holds no document: 66.
  static func noDocument(at store: any DocumentStore) -> Failure {
    Failure(
      .notFound, "not-found", "there is no document at \(store.name); put one there with: cfgkit push")
  }

  /// The user said no: 2, nothing changed.
  static let declined = Failure(.declined, "declined", "nothing changed")
}
