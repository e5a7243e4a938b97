import Foundation
import Testing

/// The five formats say the same: rule, weight, key and place of every finding, for each rule that a case of `FixTests` triggers.
@Suite struct FormatAgreementTests {
  /// A finding as a format tells it.
  private struct Told: Hashable, CustomStringConvertible {
    let rule: String
    let severity: String
    let path: String
    let line: Int?
    let column: Int?
    var description: String { "\(path):\(line ?? 0):\(column ?? 0) \(severity) \(rule)" }
  }

  @Test(arguments: FixTests.cases + FixTests.syntax) func allFormatsTellTheSame(example: FixTests.Case) throws
  {
    let scratch = example.scratch()
    let json = try object(example.found(scratch, format: "json"))
    let findings = try #require(json["findings"] as? [[String: Any]])
    let told = findings.map { finding in
      let place = finding["location"] as? [String: Any] ?? [:]
      return Told(
        rule: finding["rule"] as? String ?? "", severity: finding["severity"] as? String ?? "",
        path: place["path"] as? String ?? "", line: place["line"] as? Int, column: place["column"] as? Int)
    }
    #expect(told.contains { $0.rule == example.rule })
    #expect(json["ok"] as? Bool == false)

    let sarif = try object(example.found(scratch, format: "sarif"))
    let run = try #require((sarif["runs"] as? [[String: Any]])?.first)
    #expect(sorted((run["results"] as? [[String: Any]] ?? []).map(sarifResult)) == sorted(told))

    let github = example.found(scratch, format: "github").stdout.split(separator: "\n").map(String.init)
    #expect(sorted(github.map(annotation)) == sorted(told))

    let junit = example.found(scratch, format: "junit").stdout
    #expect(
      junit.matches(of: #/<failure type="([^"]+)"/#).map { String($0.1) }.sorted()
        == told.map(\.rule).sorted())

    let text = example.found(scratch).stdout
    for one in told { #expect(text.contains("[\(one.rule)]")) }
    if example.verb == "validate" {
      let place = told.filter { $0.line != nil }.map {
        "\($0.path):\($0.line!):\($0.column ?? 0): \($0.severity): "
      }
      for head in place { #expect(text.contains(head), "\(head)") }
    }

    // A command in any finding is one of those that are run, or it is said why not.
    let commands = findings.filter { ($0["fix"] as? [String: Any])?["kind"] as? String == "command" }
    let known = Set((FixTests.cases + FixTests.syntax).map(\.rule)).union(FixTests.withoutCommand.keys)
    #expect(Set(commands.compactMap { $0["rule"] as? String }).subtracting(known) == [])
  }

  @Test func `columns are bytes, and in SARIF UTF-16 code units, as it says`() throws {
    // The value's six characters are 14 bytes and 7 code units.
    let scratch = Scratch([".env.schema": "# @public @type=port\nPORT=\n", ".env": "PORT=äöü€😀x\n"])
    let json = try object(scratch.cfgkit("validate", "--format", "json"))
    let place = (json["findings"] as? [[String: Any]])?.first?["location"] as? [String: Any]
    #expect(place?["column"] as? Int == 6 && place?["endColumn"] as? Int == 20)
    let sarif = try object(scratch.cfgkit("validate", "--format", "sarif"))
    let run = try #require((sarif["runs"] as? [[String: Any]])?.first)
    #expect(run["columnKind"] as? String == "utf16CodeUnits")
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let physical = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    let region = physical?["region"] as? [String: Any]
    #expect(region?["startColumn"] as? Int == 6 && region?["endColumn"] as? Int == 13)
  }

  private func object(_ outcome: Outcome) throws -> [String: Any] {
    #expect(outcome.status == 1)
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes)) as? [String: Any])
  }

  private func sorted(_ told: [Told]) -> [String] { told.map(\.description).sorted() }

  private func sarifResult(_ result: [String: Any]) -> Told {
    let place =
      ((result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]) ?? [:]
    let region = place["region"] as? [String: Any] ?? [:]
    let level = result["level"] as? String ?? ""
    return Told(
      rule: result["ruleId"] as? String ?? "", severity: level == "note" ? "info" : level,
      path: ((place["artifactLocation"] as? [String: Any])?["uri"] as? String ?? "").removingPercentEncoding
        ?? "",
      line: region["startLine"] as? Int, column: region["startColumn"] as? Int)
  }

  private func annotation(_ line: String) -> Told {
    let head = line.dropFirst(2).split(separator: "::", maxSplits: 1)[0]
    let parts = head.split(separator: " ", maxSplits: 1)
    var properties: [String: String] = [:]
    for pair in parts[1].split(separator: ",") {
      let words = pair.split(separator: "=", maxSplits: 1).map(String.init)
      properties[words[0]] = words.count > 1 ? words[1] : ""
    }
    return Told(
      rule: properties["title"] ?? "", severity: parts[0] == "notice" ? "info" : String(parts[0]),
      path: properties["file"]?.removingPercentEncoding ?? "", line: properties["line"].flatMap { Int($0) },
      column: properties["col"].flatMap { Int($0) })
  }
}
