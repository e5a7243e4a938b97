import Testing

@testable import CfgKitSecrets

@Suite struct Base64Tests {
  /// RFC 4648 §10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func theExamplesOfTheStandardAreWrittenAndReadBack(_ bytes: String, _ text: String) throws {
    let octets = Array(bytes.utf8)
    let bare = String(text.prefix { $0 != "=" })
    for (variant, text) in [(Base64.standard, text), (.urlSafe, text), (.urlSafeUnpadded, bare)] {
      #expect(variant.text(of: octets) == text)
      #expect(variant.bytes(of: text) == octets)
      #expect(variant.bytes(of: text, count: octets.count) == octets)
      #expect(variant.bytes(of: text, count: octets.count + 1) == nil)
      #expect(try variant.secret(of: octets.span.bytes).exposedText() == text)
    }
  }

  @Test func theAlphabetsDifferInTheirLastTwoSigns() {
    #expect(Base64.standard.text(of: [0xFB, 0xFF]) == "+/8=")
    #expect(Base64.urlSafe.text(of: [0xFB, 0xFF]) == "-_8=")
    #expect(Base64.standard.bytes(of: "-_8=") == nil)
    #expect(Base64.urlSafe.bytes(of: "+/8=") == nil)
  }

  @Test(arguments: ["Zg", "Zg=", "Zh==", "Zg==\n", "Z", "Zm9v=", "Zm8\u{E9}"])
  func whatIsNoBase64HasNoBytes(_ text: String) {
    #expect(Base64.standard.bytes(of: text) == nil)
  }

  @Test func hexadecimalHasTwoSmallDigitsForEachByte() {
    #expect(Hex.text(of: [0x00, 0x0F, 0xA0, 0xFF]) == "000fa0ff")
    #expect(Hex.text(of: []) == "")
  }
}
