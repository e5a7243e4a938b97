import Foundation
import Testing

@testable import CfgKitDotEnv

/// The models of other readers against what those readers made of the cases.
@Suite struct DialectTests {
  /// One dialect's reading of one case.
  struct Prediction: CustomStringConvertible {
    let example: ConformanceCase
    let dialect: Dialect
    let isOtherwise: Bool
    let isPredicted: Bool

    var description: String {
      "\(example.id) \(example.feature) \(dialect.rawValue): otherwise \(isOtherwise)"
    }
  }

  private static func predictions() throws -> [Prediction] {
    try ConformanceCase.all().flatMap { example -> [Prediction] in
      guard let values = example.expectations.first(where: { $0.name == "compat" })?.values else { return [] }
      return try Dialect.allCases.map { dialect in
        let reading = Document(example.input).read(
          .compatible, environment: CaseEnvironment(), dialects: [dialect])
        let recorded = try #require(example.peers[dialect.rawValue], "\(example.id) \(dialect.rawValue)")
        return Prediction(
          example: example, dialect: dialect,
          isOtherwise: recorded != ConformanceCase.Recorded(exactly: values),
          isPredicted: reading.diagnostics.contains { $0.id == .ambiguousValue })
      }
    }
  }

  @Test func whatADialectReadsOtherwiseIsForetoldInNinetyNineOfAHundredCases() throws {
    let all = try Self.predictions()
    let wrong = all.filter { $0.isOtherwise != $0.isPredicted }
    #expect(all.count > 2_000)
    #expect(
      wrong.count * 100 <= all.count,
      "\(wrong.count) of \(all.count): \(wrong.map(\.description).joined(separator: ", "))")
  }

  /// An example of a row of the table, and the readers that the row names.
  struct Row: CustomTestStringConvertible, Sendable {
    let spelling: String
    let input: [UInt8]
    let dialects: Set<Dialect>

    var testDescription: String { spelling }
  }

  private static let shortNames: [String: Dialect] = [
    "mo": .motdotla, "no": .node, "py": .pythonDotenv, "ru": .ruby, "co": .compose, "do": .docker,
    "ba": .bash, "sy": .systemd, "go": .godotenv, "dy": .dotenvy, "sc": .swiftConfiguration, "va": .vapor,
  ]

  static func rows() throws -> [Row] {
    let url = try #require(
      Bundle.module.url(forResource: "dialect-rows", withExtension: "txt", subdirectory: "Data"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("# ") }
      .map { line in
        let parts = line.split(separator: "\t")
        return Row(
          spelling: String(parts[0]), input: bytes(of: parts[0]),
          dialects: Set(parts[1].split(separator: " ").compactMap { shortNames[String($0)] }))
      }
  }

  private static func bytes(of spelling: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(spelling.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch escape {
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "r"): bytes.append(13)
      case UInt8(ascii: "t"): bytes.append(9)
      case UInt8(ascii: "x"):
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      default: bytes.append(escape)
      }
    }
    return bytes
  }

  @Test(arguments: try rows())
  func everyRowOfTheTableIsFound(row: Row) {
    let reading = Document(row.input).read(
      .compatible, environment: CaseEnvironment(), dialects: Set(Dialect.allCases))
    let named = reading.diagnostics.flatMap(\.disagreements).flatMap(\.dialects)
    #expect(row.dialects.subtracting(named).isEmpty)
  }

  @Test func anEntryIsFoundOnceAndOnlyForTheReadersThatAreAskedAbout() {
    let document = Document(Array("A='x' # c\nB=plain\n".utf8))
    let reading = document.read(.strict, dialects: [.docker, .node])
    #expect(reading.diagnostics.map(\.id) == [.ambiguousValue])
    #expect(reading.diagnostics.map(\.position) == [Position(line: 1, column: 3)])
    #expect(
      reading.diagnostics.flatMap(\.disagreements) == [
        Disagreement(construct: .quotes, effect: .kept, dialects: [.docker]),
        Disagreement(construct: .commentAfterQuote, effect: .commentInValue, dialects: [.docker]),
      ])
    #expect(document.read(.strict, dialects: [.node]).diagnostics.isEmpty)
  }

  @Test func theMessageNamesWhatDiffersAndWithWhomAndNoText() {
    let document = Document(Array("TOKEN=hunter2 # hunter2\n".utf8))
    let diagnostic = document.read(.strict, dialects: [.systemd, .docker]).diagnostics.first
    #expect(
      diagnostic?.message(about: "TOKEN")
        == "TOKEN is read otherwise elsewhere: a comment behind the value (comment in the value: docker, systemd)"
    )
  }

  @Test func portableSpellingsAreReadAlikeByAllModels() throws {
    let bare = Document(Array("A=abc_123./:@%+,=-\nB=\n".utf8))
    #expect(bare.read(.strict, dialects: Set(Dialect.allCases)).diagnostics.isEmpty)
  }
}
