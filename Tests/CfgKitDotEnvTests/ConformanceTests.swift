import Foundation
import Testing

@testable import CfgKitDotEnv

/// Every case of `Data/cases.jsonl` and `Data/edges.jsonl`, in both readings, with and without an environment.
@Suite struct ConformanceTests {
  @Test(arguments: try ConformanceCase.all() + ConformanceCase.edges())
  func readsTheCaseAsThePageSays(example: ConformanceCase) throws {
    let document = Document(example.input)
    #expect(document.bytes == example.input)
    for expectation in example.expectations {
      let environment = expectation.hasEnvironment ? CaseEnvironment() : CaseEnvironment(variables: [:])
      let reading = document.read(expectation.mode, environment: environment)
      #expect(document.values(expectation.mode, environment: environment) == reading.values)
      let errors = reading.diagnostics.filter { $0.severity == .error }.map(ConformanceCase.Place.init)
      let warnings = reading.diagnostics.filter { $0.severity == .warning }.map(ConformanceCase.Place.init)
      #expect(errors == expectation.errors, "\(expectation.name)")
      if let values = expectation.values { #expect(reading.values == values, "\(expectation.name)") }
      #expect(
        warnings.filter { $0.id != "ambiguous-value" } == expectation.warnings, "\(expectation.name) warnings"
      )
    }
  }
}

/// `CK_HOST=from_process`, `CK_EMPTY=` (empty), nothing else.
struct CaseEnvironment: VariableLookup {
  var variables = ["CK_HOST": "from_process", "CK_EMPTY": ""]

  func withVariable(_ name: String, _ body: (borrowing RawSpan) -> Void) -> Bool {
    guard let value = variables[name] else { return false }
    let bytes = Array(value.utf8)
    body(bytes.span.bytes)
    return true
  }
}

struct ConformanceCase: CustomTestStringConvertible, Sendable {
  struct Place: Equatable, CustomStringConvertible, Sendable {
    let id: String
    let line: Int
    let column: Int

    init(_ diagnostic: Diagnostic) {
      id = diagnostic.id.rawValue
      line = diagnostic.position.line
      column = diagnostic.position.column
    }

    init?(_ json: Any) {
      guard let parts = json as? [Any], parts.count == 3, let id = parts[0] as? String,
        let line = parts[1] as? Int,
        let column = parts[2] as? Int
      else { return nil }
      (self.id, self.line, self.column) = (id, line, column)
    }

    var description: String { "\(id) \(line):\(column)" }
  }

  struct Expectation: Sendable {
    let name: String
    let mode: ReadingMode
    let hasEnvironment: Bool
    let values: [String: String]?
    let errors: [Place]
    let warnings: [Place]
  }

  /// What a recorded reader made of a case; a value that is not text is `nil`.
  enum Recorded: Equatable, Sendable {
    case error
    case values([String: String?])

    init(exactly values: [String: String]) { self = .values(values.mapValues { Optional($0) }) }

    init(_ json: Any) {
      let values = json as? [String: Any]
      self = values.map { .values($0.mapValues { $0 as? String }) } ?? .error
    }
  }

  let id: String
  let feature: String
  let input: [UInt8]
  let peers: [String: Recorded]
  let expectations: [Expectation]

  var testDescription: String { "\(id) \(feature)" }

  static func all() throws -> [ConformanceCase] { try read("cases") }

  /// Combinations that are in none of the given cases; no reader was asked about them.
  static func edges() throws -> [ConformanceCase] { try read("edges") }

  private static func read(_ name: String) throws -> [ConformanceCase] {
    guard let url = Bundle.module.url(forResource: name, withExtension: "jsonl", subdirectory: "Data")
    else {
      throw CocoaError(.fileNoSuchFile)
    }
    return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map { line in
      let json = try JSONSerialization.jsonObject(with: escaped(line)) as? [String: Any] ?? [:]
      let encoded = (json["input_b64"] as? String).flatMap { Data(base64Encoded: $0) }
      return ConformanceCase(
        id: json["id"] as? String ?? "", feature: json["feature"] as? String ?? "",
        input: encoded.map(Array.init) ?? Array((json["input"] as? String ?? "").utf8),
        peers: (json["peers"] as? [String: Any] ?? [:]).mapValues(Recorded.init),
        expectations: expectations(json))
    }
  }

  /// The line with its byte order marks escaped: Foundation drops a raw one inside a JSON string.
  static func escaped(_ line: Data, mark: String = "\\ufeff") -> Data {
    Data(
      String(decoding: line, as: UTF8.self).unicodeScalars
        .map { $0 == "\u{FEFF}" ? mark : String($0) }.joined().utf8)
  }

  private static func expectations(_ json: [String: Any]) -> [Expectation] {
    [("strict", ReadingMode.strict), ("compat", .compatible)].flatMap { name, mode in
      [true, false].map { hasEnvironment in
        let suffix = hasEnvironment || json[name + "_no_env"] == nil ? "" : "_no_env"
        let warned = json[name + (hasEnvironment ? "" : "_no_env") + "_warnings"] ?? json[name + "_warnings"]
        let result = json[name + suffix] as? [String: Any] ?? [:]
        return Expectation(
          name: name + (hasEnvironment ? "" : " without environment"), mode: mode,
          hasEnvironment: hasEnvironment,
          values: result["values"] as? [String: String],
          errors: (result["errors"] as? [Any] ?? []).compactMap(Place.init),
          warnings: (warned as? [Any] ?? []).compactMap(Place.init))
      }
    }
  }
}
