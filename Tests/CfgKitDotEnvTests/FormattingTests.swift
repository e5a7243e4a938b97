import Foundation
import Testing

@testable import CfgKitDotEnv

/// `formatted`, `mended` and the fix-its: another spelling, the same values.
@Suite struct FormattingTests {
  private static let all = Set(Dialect.allCases)

  private func formatted(_ text: String, for dialects: Set<Dialect> = all) throws -> String {
    let (document, _) = try Document(Array(text.utf8)).formatted(for: dialects)
    return String(decoding: document.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("A=1\nA=2\n", true), ("A=1\nB='${A}'\nA=2\n", true), ("A=1\nA=2\nB=${A}\n", true),
    ("A=1\nB=${A}\nA=2\n", false), ("A=1\nA=${A}2\n", false), ("A=1\nB=$A\nA=2\n", false),
    ("CK_HOST=1\nB=${CK_HOST}\nCK_HOST=2\n", false),
  ])
  func anEarlierEntryCanGoOnlyIfNothingBetweenRefersToIt(example: (String, Bool)) throws {
    let document = Document(Array(example.0.utf8))
    let reading = document.read(.compatible, environment: CaseEnvironment())
    let diagnostic = try #require(reading.diagnostics.first { $0.id == .duplicateKey })
    #expect((diagnostic.fixIt != nil) == example.1)
    guard let fixIt = diagnostic.fixIt else { return }
    var changed = document
    try changed.apply(fixIt)
    #expect(changed.read(.compatible, environment: CaseEnvironment()).values == reading.values)
  }

  /// Files of what the grammar is made of, so that many are read and each has several things to mend.
  @Test func filesOfRandomFragmentsKeepTheirValuesWhenMendedAndFormatted() throws {
    var generator = SeededGenerator(seed: 4)
    var counts = (mended: 0, formatted: 0)
    for _ in 0..<20_000 {
      let document = Document(Fragments.file(&generator))
      let meant = document.read(.compatible, environment: CaseEnvironment())
      if let values = meant.values {
        let mended = try document.mended(environment: CaseEnvironment())
        #expect(mended.read(.strict, environment: CaseEnvironment()).values == values, "\(document.bytes)")
        counts.mended += 1
      }
      if let values = document.read(.strict, environment: CaseEnvironment()).values {
        let (formatted, _) = try document.formatted(environment: CaseEnvironment())
        #expect(formatted.read(.strict, environment: CaseEnvironment()).values == values, "\(document.bytes)")
        let (again, _) = try formatted.formatted(environment: CaseEnvironment())
        #expect(again.bytes == formatted.bytes, "\(document.bytes)")
        counts.formatted += 1
      }
    }
    #expect(counts.mended > 5_000 && counts.formatted > 2_000, "\(counts)")
  }

  @Test(arguments: [
    ("A=\"plain\"\n", "A=plain\n"),
    ("A='plain' # why\n", "# why\nA=plain\n"),
    ("A=plain   # why  \n", "# why\nA=plain\n"),
    ("A = plain\n", "A=plain\n"),
    ("\tA=plain", "A=plain\n"),
    ("export A=\"plain\"\n", "export A=plain\n"),
    ("A=\"a b\"\n", "A=\"a b\"\n"),
    ("A=a b\n", "A='a b'\n"),
    ("A=\"a\\nb\"\n", "A=\"a\nb\"\n"),
    ("A=\"cost \\$5\"\n", "A='cost $5'\n"),
    ("A=\n", "A=\n"),
    ("A=''\n", "A=\n"),
    ("A= # nothing\n", "# nothing\nA=\n"),
    ("# one\r\n\r\nA=1\r\n", "# one\n\nA=1\n"),
    ("\u{FEFF}A=1\n", "A=1\n"),
    ("B=1\nA=${B} # why\n", "B=1\n# why\nA=${B}\n"),
    ("# cfgkit: ignore=x -- y\nA=1 # why\n", "# why\n# cfgkit: ignore=x -- y\nA=1\n"),
    ("# about A\nA=1 # why\n", "# about A\n# why\nA=1\n"),
    ("  A=1\n", "  A=1\n"),
  ])
  func aFileIsWrittenInThePortableSubset(example: (String, String)) throws {
    #expect(try formatted(example.0) == example.1)
    #expect(try formatted(example.1) == example.1)
  }

  @Test func whatTheNamedReadersReadAlikeStaysAsItIs() throws {
    #expect(try formatted("A='x' # why\nB=1 # y\n", for: [.node, .ruby]) == "A='x' # why\nB=1 # y\n")
    #expect(try formatted("A='x' # why\nB=1 # y\n", for: [.systemd]) == "# why\nA=x\n# y\nB=1\n")
  }

  @Test func theExampleOfTheReadmeDoesWhatItSays() throws {
    var document = Document(Array("# mail\nSMTP_FROM='Ops <ops@example.test>'  # shown\n".utf8))
    let reading = document.read(.strict, dialects: [.docker, .node])
    #expect(reading.diagnostics.map(\.id) == [.ambiguousValue])
    #expect(reading.value(for: "SMTP_FROM") == "Ops <ops@example.test>")

    try document.set("SMTP_FROM", to: "Dev <dev@example.test>")
    let (portable, _) = try document.formatted(for: [.docker, .node])
    #expect(
      String(decoding: portable.bytes, as: UTF8.self)
        == "# mail\n# shown\nSMTP_FROM='Dev <dev@example.test>'\n")
  }

  @Test func aFileInErrorIsRefusedWithItsPlace() throws {
    let document = Document(Array("A=1\nB=a#b\n".utf8))
    #expect(throws: EditError(.hasErrors, "", at: Position(line: 2, column: 4))) { try document.formatted() }
    #expect(throws: EditError(.notADotEnv, "", at: Position(line: 1, column: 2))) {
      try Document([65, 0]).formatted()
    }
  }

  @Test func whatNoPortableSpellingCarriesIsNamedByItsLine() throws {
    let (_, formatting) = try Document(Array("A=1\nB=${A}\nC=\"it's \\\"so\\\"\"\n".utf8)).formatted()
    #expect(formatting.unportableLines == [2, 3])
    #expect(formatting.changedLines == [])
  }

  /// Every case and public file that the strict reading reads.
  private static func readable(_ mode: ReadingMode) throws -> [(String, Document)] {
    try
      ((ConformanceCase.all() + ConformanceCase.edges()).map { ($0.id, Document($0.input)) }
      + RealFile.all().map { ($0.name, Document($0.bytes)) })
      .filter { !$0.1.read(mode, environment: CaseEnvironment()).hasErrors }
  }

  @Test func formattingKeepsEveryValueOfEveryReadableFileAndIsDoneAtOnce() throws {
    for (name, document) in try Self.readable(.strict) {
      let before = document.read(.strict, environment: CaseEnvironment()).values
      let (once, _) = try document.formatted(environment: CaseEnvironment())
      #expect(once.read(.strict, environment: CaseEnvironment()).values == before, "\(name)")
      let (twice, formatting) = try once.formatted(environment: CaseEnvironment())
      #expect(twice.bytes == once.bytes, "\(name)")
      #expect(formatting.changedLines.isEmpty, "\(name)")
    }
  }

  @Test func mendingGivesTheStrictReadingTheValuesOfTheCompatibleOne() throws {
    let examples = try Self.readable(.compatible)
    #expect(examples.count > 300)
    for (name, document) in examples {
      let meant = document.read(.compatible, environment: CaseEnvironment()).values
      let mended = try document.mended(environment: CaseEnvironment())
      let reading = mended.read(.strict, environment: CaseEnvironment())
      #expect(!reading.hasErrors, "\(name)")
      #expect(reading.values == meant, "\(name)")
    }
  }

  @Test func everyFixItOfAWarningKeepsTheValuesAndEndsTheWarning() throws {
    for (name, document) in try Self.readable(.strict) {
      let reading = document.read(.strict, environment: CaseEnvironment())
      for diagnostic in reading.diagnostics where diagnostic.id != .duplicateKey {
        guard let fixIt = diagnostic.fixIt else { continue }
        var changed = document
        try changed.apply(fixIt)
        let after = changed.read(.strict, environment: CaseEnvironment())
        #expect(after.values == reading.values, "\(name) \(diagnostic.id)")
        let count = { (reading: Reading) in
          reading.diagnostics.count { $0.id == diagnostic.id && $0.entryIndex == diagnostic.entryIndex }
        }
        #expect(count(after) < count(reading), "\(name) \(diagnostic.id)")
      }
    }
  }

  @Test func aFileInUTF16IsRewrittenAsUTF8() throws {
    for isLittle in [true, false] {
      let units = Array("\u{FEFF}A=é😀\r\n".utf16)
      let bytes = units.flatMap {
        isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)]
      }
      var document = Document(bytes)
      let fixIt = try #require(document.fileError?.fixIt)
      try document.apply(fixIt)
      #expect(document.bytes == Array("A=é😀\r\n".utf8))
    }
    var broken = Document([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00])
    let fixIt = try #require(broken.fileError?.fixIt)
    #expect(throws: EditError(.notADotEnv, "")) { try broken.apply(fixIt) }
  }

  @Test(arguments: [
    ("A=\"\\q\"\n", "A=\"\\\\q\"\n"), ("A=\"\\t\"\n", "A=\"\t\"\n"), ("A=#c\n", "A='#c'\n"),
    ("A=`x`\n", "A='`x`'\n"), ("A=a#b\n", "A='a#b'\n"), ("A=x\u{200B}\n", "A='x\u{200B}'\n"),
    ("A=x\\\n", "A=\"x\\\\\"\n"), ("A=\\$x\n", "A='$x'\n"), ("A=${A%x}\n", "A='${A%x}'\n"),
    ("B=1\nA=$B\n", "B=1\nA=${B}\n"), ("A=${U}\n", "A=${U:-}\n"), ("A=$(x)\n", "A='$(x)'\n"),
    ("A=a b\n", "A='a b'\n"), ("A=$1\n", "A='$1'\n"), ("export KEY\n", "export KEY=\n"),
    ("oops\n", "oops=\n"), ("KEY: v\n", "KEY= v\n"), ("1A=x\n", "# 1A=x\n"), ("A=1\nA=2\n", "A=2\n"),
    ("A='x'#c\n", "A='x' #c\n"), ("A = v\n", "A=v\n"),
  ])
  func aFixItDoesWhatItSays(example: (String, String)) throws {
    var document = Document(Array(example.0.utf8))
    let fixIt = try #require(document.read(.strict).diagnostics.first?.fixIt)
    try document.apply(fixIt)
    #expect(String(decoding: document.bytes, as: UTF8.self) == example.1)
  }
}
