import Testing

@testable import CfgKitDotEnv

@Suite struct PropertyTests {
  private static let alphabet =
    Array("AB_a1.-=:#'\"`\\$(){}?+ \t\n\rexport é\u{FEFF}\u{200B}".utf8) + [0, 0xFF, 0xFE, 0xC3]

  private func random(_ generator: inout SeededGenerator, upTo length: Int) -> [UInt8] {
    (0..<Int.random(in: 0...length, using: &generator)).map { _ in
      Self.alphabet.randomElement(using: &generator) ?? 0
    }
  }

  /// The line ranges, with their ends, make up the file.
  private func joined(_ document: Document) -> [UInt8] {
    let bytes = document.bytes
    guard document.fileError == nil else { return bytes }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.prefix(3)) : []
    return mark + document.lines.flatMap { bytes[$0.fullRange] }
  }

  @Test func whatIsPrintedIsWhatWasParsedForAnyBytes() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let bytes = random(&generator, upTo: 60)
      let document = Document(bytes)
      #expect(document.bytes == bytes)
      #expect(joined(document) == bytes)
      for mode in [ReadingMode.strict, .compatible] {
        let reading = document.read(mode)
        #expect(reading.hasErrors == reading.diagnostics.contains { $0.severity == .error })
        #expect(reading.diagnostics.map(\.position) == reading.diagnostics.map(\.position).sorted())
      }
    }
  }

  @Test(arguments: try ConformanceCase.all() + ConformanceCase.edges())
  func everyPrefixAndEveryDeletionOfACaseIsHeld(example: ConformanceCase) {
    for length in 0..<example.input.count {
      let prefix = Array(example.input[..<length])
      var shorter = example.input
      shorter.remove(at: length)
      for bytes in [prefix, shorter] {
        let document = Document(bytes)
        #expect(document.bytes == bytes && joined(document) == bytes)
        _ = document.read(.strict).diagnostics.count + document.read(.compatible).diagnostics.count
      }
    }
  }

  @Test func valuesThatAreSetAreReadBack() throws {
    var generator = SeededGenerator(seed: 2)
    let scalars = Array("aZ0_ '\"\\$`#\n\r\t{}()=;:é\u{FEFF}\u{200B}\u{301}💥\u{A0}".unicodeScalars)
    for round in 0..<60_000 {
      var value = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        value.append(scalars.randomElement(using: &generator) ?? "a")
      }
      var document = Document(Array((round.isMultiple(of: 2) ? "B=1\nA=old # c\nC='x'\n" : "B=1\r\n").utf8))
      try document.set("A", to: String(value))
      let reading = document.read(.strict)
      #expect(reading.value(for: "A").map { Array($0.utf8) } == Array(String(value).utf8))
      #expect(reading.value(for: "B") == "1")
    }
  }

  @Test func anEditLeavesEveryOtherByteAlone() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<5_000 {
      let bytes = random(&generator, upTo: 60)
      var document = Document(bytes)
      guard (try? document.set("A", to: "x y")) != nil else {
        #expect(document.bytes == bytes)
        continue
      }
      let again = document.bytes
      try document.set("A", to: "x y")
      #expect(document.bytes == again)
      #expect(document.entries(for: "A").count >= 1)
    }
  }
}
