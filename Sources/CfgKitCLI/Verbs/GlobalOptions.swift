import ArgumentParser
import CfgKit
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The flags that every verb takes, before or after its name.
struct GlobalOptions: ParsableArguments {
  @Option(name: [.customShort("C"), .long], help: "Start in DIR.", completion: .directory)
  var directory: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Environment name, and its files (also CFGKIT_ENV).", valueName: "name"))
  var env: String?

  @Option(
    name: [.customShort("f"), .customLong("file")],
    help: ArgumentHelp(
      "Read this, not .env; repeatable, later wins; \"-\" is stdin.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp("Default: nearest .env.schema, else .env.example.", valueName: "file"),
    completion: .file())
  var schema: String?

  @Flag(help: "Compatible reading of .env; strict is the default everywhere.")
  var compat = false

  @Option(
    help: ArgumentHelp(
      "text, json; validate, doctor, diff: also sarif, github, junit; export: its own.", valueName: "fmt"))
  var format: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Answer to FILE, mode 0600.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Replace what stands in the way.")
  var force = false

  @Flag(help: "Write to a file that has other names too (hard links); they keep the old bytes.")
  var breakLink = false

  @Flag(name: .shortAndLong, help: "Only errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "More than needed.")
  var verbose = false

  @Option(help: ArgumentHelp("auto, always or never.", valueName: "when"))
  var color = ColorChoice.auto

  @Flag(help: "Ask nothing.")
  var noInput = false

  @OptionGroup(title: "A store in the place of files")
  var storage: StoreOptions
}

extension GlobalOptions {
  /// Makes `--directory` the working directory, as `git -C` does; every other path counts from there.
  func enterDirectory() throws(Failure) {
    guard let directory else { return }
    guard unsafe chdir(directory) != 0 else { return }
    let shown = Printable.text(directory)
    switch errno {
    case EACCES:
      throw Failure(
        .noPermission, "permission",
        "--directory \(shown) may not be entered by this user; run as its owner, or: chmod u+x it")
    case ENOTDIR:
      throw Failure(
        .notFound, "not-found", "--directory \(shown) is not a folder; name the one that it lies in")
    default: throw Failure(.notFound, "not-found", "--directory \(shown) does not exist; check the path")
    }
  }

  /// Where and how the project is read, and its files are written.
  var projectOptions: Project.Options {
    var options = Project.Options(
      environmentName: env, files: files.map { FilePath($0) }, schemaPath: schema.map { FilePath($0) },
      isCompatible: compat)
    options.breaksHardLinks = breakLink
    options.enteredDirectory = directory
    return options
  }
}

extension Project.Options {
  /// The same, and held against dialects.
  func held(against dialects: DialectArgument?) -> Project.Options {
    var options = self
    options.dialects = dialects?.dialects ?? []
    return options
  }

  /// The project, read and resolved; fails where there is nothing to read.
  func project(schema: Schema? = nil) throws -> Project {
    let project = try Project.load(self, schema: schema)
    if project.schemaPath == nil, project.files.isEmpty {
      if let stored { throw Failure.noDocument(at: stored.store) }
      throw Failure(
        .notFound, "not-found",
        "there is no .env.schema, .env.example or .env; tried \(project.triedPaths.joined(separator: ", ")); run: cfgkit init"
      )
    }
    return project
  }
}
