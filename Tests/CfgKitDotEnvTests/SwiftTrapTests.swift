import Testing

@testable import CfgKitDotEnv

/// What Swift's `Character` and `String` would get wrong, byte for byte right.
@Suite struct SwiftTrapTests {
  private func read(_ text: String) -> Reading { Document(Array(text.utf8)).read() }

  @Test func carriageReturnAndLineFeedAreTwoBytesAndOneLineEnd() {
    let reading = read("# c\r\nA=1\r\nB=2\r\n")
    #expect(reading.values == ["A": "1", "B": "2"])
  }

  @Test(arguments: ["=", "\"", "#", "$"], ["\u{301}", "\u{200D}", "\u{FE0F}"])
  func aCombiningMarkDoesNotHideASign(sign: Character, mark: Character) {
    let text = "A=\"\(sign)\"\n".replacing("\"\(sign)\"", with: "'\(sign)\(mark)'")
    let reading = read(text)
    #expect(reading.value(for: "A").map { Array($0.utf8) } == Array("\(sign)\(mark)".utf8))
  }

  @Test(arguments: ["\u{301}", "\u{200D}", "\u{FE0F}"])
  func aCombiningMarkBehindASignLeavesTheSignItsMeaning(mark: String) {
    func value(_ text: String) -> [UInt8]? {
      Document(Array(text.utf8)).read(.compatible).value(for: "A").map { Array($0.utf8) }
    }
    #expect(value("A=\(mark)x\n") == Array("\(mark)x".utf8))
    #expect(value("A=\"\(mark)x\"\n") == Array("\(mark)x".utf8))
    #expect(value("A=\"x\"#\(mark)y\n") == Array("x".utf8))
    #expect(value("A=x #\(mark)y\n") == Array("x".utf8))
    #expect(value("#\(mark)A=y\nA=x\n") == Array("x".utf8))
    #expect(value("A=\"$\(mark)x\"\n") == Array("$\(mark)x".utf8))
    #expect(value("B=y\nA=\"${B}\(mark)\"\n") == Array("y\(mark)".utf8))
  }

  @Test func equalTextsOfDifferentBytesStayDifferent() {
    let composed = read("A=\u{E9}\n")
    let decomposed = read("A=e\u{301}\n")
    #expect(composed.value(for: "A").map { Array($0.utf8) } == [0xC3, 0xA9])
    #expect(decomposed.value(for: "A").map { Array($0.utf8) } == [0x65, 0xCC, 0x81])
  }

  /// A long text that is taken for ASCII is hashed and counted by its bytes, and others by their characters: `é` is one in two ways.
  private func isTakenForWhatItIs(_ value: String?, _ expected: String) -> Bool {
    guard let value else { return false }
    return value == expected && Set([value, expected.precomposed]).count == 1
      && value.utf16.count == Array(expected.unicodeScalars).count
  }

  private static let long = "twenty-letters-or-so-e\u{301}"

  @Test(arguments: ["A=\(long)\n", "A=\"\(long)\"", "A='\(long)'\r\n", "A=\"\(long)\\n\"\n"], [0, 300])
  func aTextBeyondASCIIIsNotTakenForASCII(line: String, plainBytes: Int) {
    let filler = String(repeating: "# plain\n", count: plainBytes / 8)
    let expected = Self.long + (line.contains("\\n") ? "\n" : "")
    for text in [line + filler, filler + line, filler + line + "\n" + filler] {
      let document = Document(Array(text.utf8))
      #expect(isTakenForWhatItIs(document.values()?["A"], expected))
      #expect(isTakenForWhatItIs(document.read().values?["A"], expected))
    }
  }

  @Test func aVariableBeyondASCIIIsNotTakenForASCIIInAFileThatIs() {
    let values = Document(Array("A=${NAME}\nB=\"-${NAME}-\"\n".utf8)).values(environment: Accents())
    #expect(isTakenForWhatItIs(values?["A"], Self.long))
    #expect(isTakenForWhatItIs(values?["B"], "-\(Self.long)-"))
  }

  private struct Accents: VariableLookup {
    func withVariable(_ name: String, _ body: (borrowing RawSpan) -> Void) -> Bool {
      let bytes = Array(SwiftTrapTests.long.utf8)
      body(bytes.span.bytes)
      return true
    }
  }

  @Test func keysAreASCII() {
    #expect(read("\u{E9}=1\n").diagnostics.map(\.id) == [.badKey])
    #expect(read("e\u{301}=1\n").diagnostics.map(\.id) == [.badKey])
  }

  @Test func invalidBytesAreRefusedAndNotRepaired() {
    let document = Document([UInt8(ascii: "A"), UInt8(ascii: "="), 0xFF])
    #expect(document.fileError?.id == .invalidUTF8)
    #expect(document.fileError?.position == Position(line: 1, column: 3))
  }

  @Test func unicodeBlanksAreNoBlanks() {
    #expect(read("\u{A0}A=1\n").diagnostics.map(\.id) == [.badKey])
    #expect(read("A=\u{A0}x\n").diagnostics.map(\.id) == [.invisibleCharacter])
  }
}

extension String {
  /// The same characters, the accent in one with its letter.
  fileprivate var precomposed: String { replacing("e\u{301}", with: "\u{E9}") }
}
