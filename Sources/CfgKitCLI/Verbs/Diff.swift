import ArgumentParser
import CfgKit
import SystemPackage

/// `cfgkit diff`: which keys two files have, and where they differ. No values.
struct Diff: Verb {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare the keys of two files. No values.")

  @Argument(help: "A file.", completion: .file())
  var first: String

  @Argument(help: "Another; .env if there is none.", completion: .file())
  var second: String = ".env"

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let comparison = try FileComparison(read(first, console), first, read(second, console), second)
    try console.answer(answersJSON ? comparison.json.text : comparison.text)
    return comparison.isAlike ? .ok : .findings
  }

  private func read(_ file: String, _ console: Console) throws -> Project {
    var options = global.projectOptions
    options.files = [FilePath(file)]
    options.environment = .made([:])
    let project = try Project.load(options)
    try project.requireReadable(console)
    return project
  }
}
