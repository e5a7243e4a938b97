import ArgumentParser
import CfgKit
import SystemPackage

/// `cfgkit diff`: which keys two files have, and where they differ. No values.
struct Diff: Verb {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare the keys of two files. No values.")

  static let formats = Validate.formats

  @Argument(help: "A file.", completion: .file())
  var first: String

  @Argument(help: "Another; .env if there is none.", completion: .file())
  var second: String = ".env"

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let one = try read(first, console)
    let comparison = try Comparison(one, read(second, console))
    let table = FileComparison(comparison, first, second)
    if let format = global.format, format != "text" {
      try ReportPrinter(console, format).print(
        comparison.report, of: one, failOn: .error, extra: table.fields)
    } else {
      try console.answer(table.text)
    }
    return comparison.report.isValid ? .ok : .findings
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
