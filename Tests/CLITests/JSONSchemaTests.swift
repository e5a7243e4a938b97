import Foundation
import Testing

/// The JSON of `validate` against the schema that is published beside it. Fields that the schema does not name are a mistake too:
/// somebody forgot to publish them.
@Suite struct JSONSchemaTests {
  @Test(arguments: GoldenTests.cases.map { "validate/\($0)" } + ["doctor", "diff"])
  func reportsAreWhatTheSchemaSays(name: String) throws {
    let schema = try published()
    let report = try JSONSerialization.jsonObject(
      with: Data(Golden.text("\(name)/report.json").utf8))
    #expect(problems(of: report, against: schema, at: "report").isEmpty)
    #expect(problems(of: ["ok": 1], against: schema, at: "report").count > 5)
  }

  @Test func whatReadersDisagreeOnIsInTheReportInFixedWords() throws {
    let scratch = Scratch([".env": "TOKEN='hunter2hunter2' # why\n"])
    let outcome = scratch.cfgkit("validate", "--dialect", "docker,systemd", "--format", "json")
    let report = try JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8))
    #expect(problems(of: report, against: try published(), at: "report").isEmpty)
    let findings = (report as? [String: Any])?["findings"] as? [[String: Any]] ?? []
    let disputed = findings.first { $0["rule"] as? String == "ambiguous-value" }
    let disagreements = (disputed?["disagreements"] as? [[String: Any]] ?? []).map { each in
      "\(each["construct"] ?? "") | \(each["reading"] ?? "") | \(each["dialects"] as? [String] ?? [])"
    }
    #expect(
      disagreements == [
        "quotes | kept | [\"docker\"]",
        "a comment behind the quotes | comment in the value | [\"docker\", \"systemd\"]",
      ])
    #expect(
      findings.allSatisfy { ($0["disagreements"] == nil) == ($0["rule"] as? String != "ambiguous-value") })
    #expect(!outcome.everything.contains("hunter2"))
  }

  private func published() throws -> [String: Any] {
    let file = (#filePath as NSString).deletingLastPathComponent + "/../../schemas/report.schema.json"
    let data = try #require(FileManager.default.contents(atPath: file))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func problems(of value: Any, against schema: [String: Any], at path: String) -> [String] {
    var found: [String] = []
    if let constant = schema["const"], "\(constant)" != "\(value)" {
      found.append("\(path) is not \(constant)")
    }
    if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") { found.append(path) }
    switch schema["type"] as? String {
    case "object":
      guard let object = value as? [String: Any] else { return ["\(path) is no object"] }
      let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
      for name in schema["required"] as? [String] ?? [] where object[name] == nil {
        found.append("\(path).\(name)")
      }
      for (name, inner) in object {
        guard let property = properties[name] else {
          found.append("\(path).\(name) is not published")
          continue
        }
        found += problems(of: inner, against: property, at: "\(path).\(name)")
      }
    case "array":
      guard let array = value as? [Any] else { return ["\(path) is no array"] }
      let items = schema["items"] as? [String: Any] ?? [:]
      for (index, inner) in array.enumerated() {
        found += problems(of: inner, against: items, at: "\(path)[\(index)]")
      }
    case "string": if !(value is String) { found.append("\(path) is no string") }
    case "integer": if !(value is Int) { found.append("\(path) is no integer") }
    case "boolean": if !(value is Bool) { found.append("\(path) is no boolean") }
    default: break
    }
    return found
  }
}
