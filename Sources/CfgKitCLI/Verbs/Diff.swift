import ArgumentParser
import CfgKit
import SystemPackage

/// `cfgkit diff`: which keys two files, or a file and a store, have, and where they differ. No values.
struct Diff: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare the keys of two files, or of a file and a store. No values.")

  static let formats = Validate.formats

  @Argument(help: "A file; with a store .env if there is none.", completion: .file())
  var first: String?

  @Argument(help: "Another; .env if there is none. With a store, what it holds.", completion: .file())
  var second: String?

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let (names, projects) = try sides(reading, console)
    let comparison = try Comparison(projects.first, projects.second)
    let table = FileComparison(comparison, names.first, names.second)
    if let format = global.format, format != "text" {
      try ReportPrinter(console, format).print(
        comparison.report, of: projects.first, failOn: .error, extra: table.fields)
    } else {
      try console.answer(table.text)
    }
    return comparison.report.isValid ? .ok : .findings
  }

  /// What is compared: two files, or a file and the store.
  private func sides(_ reading: Project.Options, _ console: Console) throws -> (
    names: (first: String, second: String), projects: (first: Project, second: Project)
  ) {
    guard let stored = reading.stored else {
      guard let first else { throw Failure.usage("name a file to compare .env with, or a --store") }
      let second = second ?? Self.usual
      return try ((first, second), (project(first, reading, console), project(second, reading, console)))
    }
    guard second == nil else { throw Failure.usage("with a store there is one file to compare it with") }
    let first = first ?? Self.usual
    return try (
      (first, stored.store.name), (project(first, reading, console), project(nil, reading, console))
    )
  }

  private static let usual = ".env"

  /// What a file says, or the store if none is named, without the environment.
  private func project(_ file: String?, _ reading: Project.Options, _ console: Console) throws -> Project {
    var options = reading
    if let file {
      options.areFilesBesideStore = reading.stored != nil
      options.stored = nil
      options.files = [FilePath(file)]
    }
    options.environment = .made([:])
    let project = try Project.load(options)
    if let stored = options.stored, stored.document == nil { throw Failure.noDocument(at: stored.store) }
    try project.requireReadable(console)
    return project
  }
}
