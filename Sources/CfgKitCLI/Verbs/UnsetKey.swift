import ArgumentParser
import CfgKit

/// `cfgkit unset`: takes all lines of a key out of the file.
struct UnsetKey: Verb {
  static let configuration = CommandConfiguration(
    commandName: "unset", abstract: "Remove a key from .env; comments stay.")

  @Argument(help: "The key.", completion: KeyNames.completion)
  var key: String

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let project = try global.project()
    let edit = try KeyEdit(of: key, in: project, breaksHardLinks: global.breakLink)
    let removed = try edit.remove()
    guard removed > 0 else {
      throw Failure(.notFound, "not-set", "\(KeyNames.shown(key)) is not in \(edit.shownPath)")
    }
    console.note("removed \(key) from \(edit.shownPath): \(counted(removed, "line"))")
    return .ok
  }
}
