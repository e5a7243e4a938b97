import Foundation

/// A piece of Swift that uses the built libraries, for what has to compile and what must not.
struct Snippet {
  /// What a program left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  let text: String

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    .standardizedFileURL

  /// The folder of the modules and object files that this test was built with.
  private static let build: URL = {
    var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    // On macOS the test lies inside a bundle.
    while !FileManager.default.fileExists(atPath: folder.appending(path: "Modules/CfgKit.swiftmodule").path),
      folder.path.count > 1
    {
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  private static var search: [String] {
    let system = build.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "checkouts/swift-system/Sources/CSystem/include")
    let folders = ["CPrctl", "CSodium", "CXattr"].map { root.appending(path: "Sources/\($0)") } + [system]
    let modules = folders.flatMap { ["-I", $0.path] }
    return ["-swift-version", "6", "-I", build.appending(path: "Modules").path] + modules
  }

  /// What the compiler says of it; empty if nothing is wrong.
  func diagnostics() throws -> String {
    try inFolder { folder, file in
      try Self.run("swiftc", ["-typecheck"] + Self.search + [file], in: folder).errors
    }
  }

  /// A program that was built of a snippet; it goes when the value goes.
  final class Program {
    /// What the compiler said; empty if nothing is wrong.
    let diagnostics: String
    private let folder: URL

    fileprivate init(_ diagnostics: String, in folder: URL) {
      self.diagnostics = diagnostics
      self.folder = folder
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs it in a project of these files, without any environment variable.
    func run(files: [String: String]) throws -> Outcome {
      let place = folder.appending(path: "project")
      try? FileManager.default.removeItem(at: place)
      try FileManager.default.createDirectory(
        at: place.appending(path: ".git"), withIntermediateDirectories: true)
      for (name, text) in files {
        try text.write(to: place.appending(path: name), atomically: true, encoding: .utf8)
      }
      return try Snippet.run(folder.appending(path: "program").path, [], in: place, environment: [:])
    }
  }

  /// Builds a program of it.
  func program() throws -> Program {
    let folder = try Self.newFolder()
    let file = folder.appending(path: "Snippet.swift")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let names = ["CfgKit", "CfgKitDotEnv", "CfgKitSecrets", "SystemPackage", "CSystem"]
    let objects = try names.flatMap { name in
      let objects = Self.build.appending(path: "\(name).build")
      // What was made of a source that has gone since lies there still.
      let sources =
        FileManager.default.enumerator(atPath: Self.root.appending(path: "Sources/\(name)").path)?
        .compactMap { ($0 as? NSString)?.lastPathComponent } ?? []
      return try FileManager.default.contentsOfDirectory(atPath: objects.path)
        .filter { $0.hasSuffix(".o") && !$0.hasPrefix("\(name).swiftmodule") }
        .filter { sources.isEmpty || sources.contains(String($0.dropLast(2))) }
        .map { objects.appending(path: $0).path }
    }
    let flags = ["-parse-as-library", "-lsodium", "-o", folder.appending(path: "program").path]
    let compiled = try Self.run("swiftc", Self.search + flags + [file.path] + objects, in: folder)
    return Program(compiled.errors, in: folder)
  }

  private static func newFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cfgkit-snippet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private func inFolder<Result>(_ body: (URL, String) throws -> Result) throws -> Result {
    let folder = try Self.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "Snippet.swift")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return try body(folder, file.path)
  }

  fileprivate static func run(
    _ program: String, _ arguments: [String], in folder: URL, environment: [String: String]? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    if var environment {
      environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
      process.environment = environment
    }
    let (output, errors) = (folder.appending(path: ".output"), folder.appending(path: ".errors"))
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}
