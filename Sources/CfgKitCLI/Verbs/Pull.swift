import ArgumentParser
import CfgKit
import SystemPackage

/// `cfgkit pull`: puts what the store holds into a file.
struct Pull: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Put what a store holds into .env, mode 0600. Another file there stays.")

  @Argument(help: "The file; .env if there is none.", completion: .file())
  var file: String = ".env"

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    guard file != "-" else {
      throw Failure.usage(
        "pull writes a file, and - is none; to print the values: cfgkit export --no-environment")
    }
    guard let stored = reading.stored else { throw Failure.noStore(besides: global.files) }
    guard let document = stored.document else { throw Failure.noDocument(at: stored.store) }
    let target = FileStore(FilePath(file), breaksHardLinks: reading.breaksHardLinks)
    let copy = DocumentCopy(document, to: target, replaces: global.force)
    try await CopyAnswer(copy, of: file, from: stored.store.name, isPlan: dryRun, asJSON: answersJSON).give(
      console)
    return .ok
  }
}
