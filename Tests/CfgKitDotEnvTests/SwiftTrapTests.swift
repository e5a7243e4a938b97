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

  /// A text that is taken for ASCII compares by its bytes, and others by their characters: `é` is one in two ways.
  @Test(arguments: ["A=e\u{301}\n", "A=\"e\u{301}\"", "A='e\u{301}'\r\n", "A=\"e\u{301}\\n\"\n"], [0, 300])
  func aTextBeyondASCIIIsNotTakenForASCII(line: String, plainBytes: Int) {
    let filler = String(repeating: "# plain\n", count: plainBytes / 8)
    for text in [line + filler, filler + line, filler + line + "\n" + filler] {
      let document = Document(Array(text.utf8))
      let expected = line.contains("\\n") ? "\u{E9}\n" : "\u{E9}"
      #expect(document.values() == ["A": expected])
      #expect(document.read().values == ["A": expected])
    }
  }

  @Test func aVariableBeyondASCIIIsNotTakenForASCIIInAFileThatIs() {
    let values = Document(Array("A=${NAME}\nB=\"-${NAME}-\"\n".utf8)).values(environment: Accents())
    #expect(values == ["A": "\u{E9}", "B": "-\u{E9}-"])
  }

  private struct Accents: VariableLookup {
    func withVariable(_ name: String, _ body: (borrowing RawSpan) -> Void) -> Bool {
      var text = "e\u{301}"
      text.withUTF8 { body(UnsafeRawBufferPointer($0).bytes) }
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
