import Foundation
import Testing

@testable import CfgKitSecrets

@Suite struct RedrawRuleTests {
  private func isAccepted(_ text: String, _ kind: KeyFormat.Kind) -> Bool {
    Array(text.utf8).span.withUnsafeBytes { RedrawRule.accepts($0.bytes, KeyFormat(kind)) }
  }

  @Test(arguments: [
    "1234567890123456", "12345678e0123456", "12345678E0123456", "0x1234567890abcdef", "0X1234567890ABCDEF",
    "0o1234567012345670", "0b1010101010101010", "1_000_000_000_000", "+1234567890123456", "1234567.890123456",
    ".1234567890123456", "-abcdefghijklmnop", "abcdefgh,ijklmnop", "abcdefgh'ijklmnop", "abcdefgh\"ijklmnop",
    "abcdefgh$ijklmnop", "abcdefgh#ijklmnop", "abcdefgh\\ijklmnop", "abcdefgh ijklmnop", "abcdefgh\tijklmnop",
    "abcdefghijklmnop\n", "abcdefgh\u{7F}ijklmnop",
  ])
  func aTextThatSomeReaderTakesForSomethingElseIsDrawnAgain(_ text: String) {
    #expect(!isAccepted(text, .hex))
    #expect(!isAccepted(text, .base64url))
  }

  @Test(arguments: [
    "12345678e01234e6", "0x1234567890abcdeg", "abcdefghijklmnop", "_1234567890abcdef", "0123456789abcdef",
  ])
  func aTextThatIsNoneOfThatIsKept(_ text: String) {
    #expect(isAccepted(text, .hex))
  }

  @Test(arguments: [KeyFormat.Kind.password, .django, .wordpress]) func noTextBeginsLikeAnOptionOrIsANumber(
    _ kind: KeyFormat.Kind
  ) {
    #expect(!isAccepted("-abcdefghijklmnopqrstuv", kind))
    #expect(!isAccepted("1234567890123456789012", kind))
    #expect(isAccepted("abcdefghij-lmnopqrstuv", kind))
  }

  @Test(arguments: KeyFormat.Kind.allCases.filter { $0 != .digits && $0 != .jwk })
  func noGeneratedKeyIsJSONANumberOrABoolean(_ kind: KeyFormat.Kind) throws {
    let generator = try SecretGenerator()
    for _ in 0..<200 {
      let text = try generator.generate(KeyFormat(kind)).exposedText()
      #expect(throws: (any Error).self) {
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      }
      #expect(Double(text) == nil && Int(text, radix: 10) == nil && Bool(text.lowercased()) == nil)
      #expect(!text.hasPrefix("-"))
    }
  }

  @Test(arguments: [
    "digits:39", "alnum:22", "password:22", "hex:16", "base64url:16", "totp:16", "diceware:10",
  ])
  func theSmallestKeysOfAKindAreMadeWithoutFail(_ format: String) throws {
    let format = try KeyFormat(parsing: format)
    let generator = try SecretGenerator()
    for _ in 0..<500 { _ = try generator.generate(format) }
  }
}
