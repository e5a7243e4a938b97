import Foundation
import Testing

@testable import CfgKitDotEnv

/// 144 public files: no value on which python-dotenv, node and motdotla agree is read otherwise, and disputed ones as recorded.
@Suite struct RealFileTests {
  @Test(arguments: try RealFile.all())
  func readsThePublicFile(file: RealFile) throws {
    let document = Document(file.bytes)
    #expect(document.bytes == file.bytes)
    for mode in [ReadingMode.strict, .compatible] {
      let reading = document.read(mode)
      let errors = reading.diagnostics.filter { $0.severity == .error }.map(ConformanceCase.Place.init)
      #expect(errors == (mode == .strict ? file.strictErrors : file.compatibleErrors))
      if mode == .strict {
        let warnings = reading.diagnostics.filter { $0.severity == .warning && $0.id != .ambiguousValue }
        #expect(warnings.map(ConformanceCase.Place.init) == file.strictWarnings)
      }
      guard errors.isEmpty else { continue }
      var expected = file.values
      for (key, readings) in file.disputed {
        if let value = readings[mode == .strict ? "strict" : "compat"] ?? nil { expected[key] = value }
      }
      #expect(reading.values == expected)
    }
  }
}

struct RealFile: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let values: [String: String]
  let disputed: [String: [String: String?]]
  let strictErrors: [ConformanceCase.Place]
  let strictWarnings: [ConformanceCase.Place]
  let compatibleErrors: [ConformanceCase.Place]

  var testDescription: String { name }

  static func all() throws -> [RealFile] {
    let folder = try #require(
      Bundle.module.url(forResource: "real", withExtension: nil, subdirectory: "Data"))
    let expected = try Data(contentsOf: folder.appendingPathComponent("expected.jsonl"))
    return try expected.split(separator: UInt8(ascii: "\n")).map { line in
      let json =
        try JSONSerialization.jsonObject(with: ConformanceCase.escaped(line)) as? [String: Any] ?? [:]
      let number = "\(json["n"] ?? "")"
      let name = String(repeating: "0", count: max(0, 4 - number.count)) + number + ".env"
      let places = { (field: String) in (json[field] as? [Any] ?? []).compactMap(ConformanceCase.Place.init) }
      return RealFile(
        name: name, bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))),
        values: json["values"] as? [String: String] ?? [:],
        disputed: (json["disputed"] as? [String: Any] ?? [:]).compactMapValues { value in
          // null: not a key for cfgkit.
          (value as? [String: Any])?.mapValues { $0 as? String }
        },
        strictErrors: places("strict_errors"), strictWarnings: places("strict_warnings"),
        compatibleErrors: places("compat_errors"))
    }
  }
}
