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

  /// Builds a program of it, and runs it in a folder with these files; the environment is `environment` alone.
  func run(files: [String: String], environment: [String: String] = [:]) throws -> (
    compiler: String, Outcome?
  ) {
    try inFolder { folder, file in
      let objects = try ["CfgKit", "CfgKitDotEnv", "CfgKitSecrets", "SystemPackage"].flatMap { name in
        let objects = Self.build.appending(path: "\(name).build")
        return try FileManager.default.contentsOfDirectory(atPath: objects.path)
          .filter { $0.hasSuffix(".o") && !$0.contains("wrap") }.map { objects.appending(path: $0).path }
      }
      let flags = ["-parse-as-library", "-lsodium", "-o", folder.appending(path: "program").path]
      let compiled = try Self.run("swiftc", Self.search + flags + [file] + objects, in: folder)
      guard compiled.status == 0 else { return (compiled.errors, nil) }
      let place = folder.appending(path: "project")
      try FileManager.default.createDirectory(
        at: place.appending(path: ".git"), withIntermediateDirectories: true)
      for (name, text) in files {
        try text.write(to: place.appending(path: name), atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o600], ofItemAtPath: place.appending(path: name).path)
      }
      let program = folder.appending(path: "program").path
      return (compiled.errors, try Self.run(program, [], in: place, environment: environment))
    }
  }

  private func inFolder<Result>(_ body: (URL, String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cfgkit-snippet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "Snippet.swift")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return try body(folder, file.path)
  }

  private static func run(
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
