import Testing

@testable import CfgKitDotEnv

/// Bytes are looked at many at a time: what is found must not depend on where among them it stands.
@Suite struct EncodingTests {
  private static let text = Array(
    (1...9).map { "KEY\($0)=" + String(repeating: "x", count: 37 + $0) + "\n" }.joined().utf8)

  @Test(arguments: [
    (UInt8(0), "nul-byte"), (0xFF, "invalid-utf8"), (0xC3, "invalid-utf8"), (0x80, "invalid-utf8"),
  ])
  func aByteThatNoFileMayHoldIsFoundWhereverItStands(byte: UInt8, id: String) {
    for offset in Self.text.indices {
      var bytes = Self.text
      bytes[offset] = byte
      let before = bytes[..<offset].split(separator: Octet.lineFeed, omittingEmptySubsequences: false)
      let error = Document(bytes).fileError
      #expect(error?.id.rawValue == id, "\(offset)")
      #expect(error?.position == Position(line: before.count, column: (before.last?.count ?? 0) + 1))
    }
  }

  @Test(arguments: ["\r\n", "\r"])
  func aLineEndInQuotesIsFoundWhereverItStands(lineEnd: String) {
    for offset in 0..<400 {
      let (head, tail) = (String(repeating: "x", count: offset), String(repeating: "y", count: 400 - offset))
      let reading = Document(Array("A='\(head)\(lineEnd)\(tail)'\nB=1\n".utf8)).read()
      #expect(reading.values == ["A": head + "\n" + tail, "B": "1"], "\(offset)")
    }
  }

  @Test func everyLineHasRoomWhereverItsEndStands() {
    for count in 1...300 {
      let document = Document(Array(String(repeating: "\n", count: count).utf8) + Self.text)
      #expect(document.lines.count == count + 9)
      #expect(document.entries.last?.lineNumber == count + 9)
    }
  }
}
