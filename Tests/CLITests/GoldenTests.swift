import Foundation
import Testing

/// Reports of whole projects against files that were reviewed. `CFGKIT_UPDATE_GOLDEN=1 swift test --filter GoldenTests` writes
/// them anew; look at the difference before it is committed.
@Suite struct GoldenTests {
  static let cases = ["seed", "flask"]
  static let formats = ["text", "json", "sarif", "github", "junit"]

  @Test(arguments: cases, formats) func aReportReadsAsItWasReviewed(name: String, format: String) throws {
    let folder = "validate/\(name)"
    let scratch = Scratch([".env.schema": Scratch().cfgkit("templates", "show", "flask").stdout])
    scratch.write(".env", try Golden.text("\(folder)/env"))
    let outcome = scratch.cfgkit("validate", "--format", format)
    #expect(outcome.status == 1)
    try Golden.expect(outcome.stdout, "\(folder)/report.\(format)")
  }
}

enum Golden {
  private static let source = (#filePath as NSString).deletingLastPathComponent + "/Golden/"
  static let isUpdating = ProcessInfo.processInfo.environment["CFGKIT_UPDATE_GOLDEN"] == "1"

  static func writeHelpText(_ text: String) throws {
    let file = (source as NSString).appendingPathComponent("../../../Sources/CfgKitCLI/HelpText.swift")
    let old = try String(contentsOfFile: file, encoding: .utf8)
    let head = old.prefix(upTo: try #require(old.range(of: "#\"\"\"\n")).upperBound)
    let tail = old.suffix(from: try #require(old.range(of: "    \"\"\"#", options: .backwards)).lowerBound)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? "" : "    \($0)"
    }
    try (head + lines.joined(separator: "\n") + tail).write(toFile: file, atomically: true, encoding: .utf8)
  }

  static func text(_ name: String) throws -> String {
    let folder = try #require(Bundle.module.resourcePath)
    return try String(contentsOfFile: "\(folder)/Golden/\(name)", encoding: .utf8)
  }

  static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws
  {
    if isUpdating {
      try text.write(toFile: source + name, atomically: true, encoding: .utf8)
      return
    }
    let expected = try Self.text(name)
    #expect(text == expected, sourceLocation: sourceLocation)
  }
}
