import ArgumentParser
import CfgKit

/// `cfgkit unset`: takes all lines of a key out of the file.
struct UnsetKey: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "unset", abstract: "Remove a key from .env; comments stay.")

  @Argument(help: "The key.", completion: KeyNames.completion)
  var key: String

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  var namedKeys: [String] { [key] }

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let project = try reading.project()
    if let owner = project.ringOwner(of: key), project.resolution[key]?.isMissing == false {
      throw Failure.usage(
        "\(key) keeps other keys of \(owner) that are still in use; end that with: cfgkit rotate-secret \(owner) --retire --grace 0"
      )
    }
    let edit = try KeyEdit(of: key, in: project)
    let removed = try await edit.remove()
    guard removed > 0 else {
      throw Failure(
        .notFound, "not-set",
        "\(KeyNames.shown(key)) is not in \(edit.shownPath); see where it is: cfgkit explain \(KeyNames.shown(key))"
      )
    }
    console.note("removed \(key) from \(edit.shownPath): \(counted(removed, "line"))")
    return .ok
  }
}
