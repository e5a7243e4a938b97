import Testing

@testable import CfgKitDotEnv

@Suite struct OctetTests {
  /// Swift's own classes of characters are the judge.
  @Test(arguments: UInt8.min...UInt8.max) func aByteHasTheClassesOfItsCharacterInASCII(_ byte: UInt8) {
    let character = Character(Unicode.Scalar(byte))
    let isLetter = character.isASCII && character.isLetter
    let isDigit = character.isASCII && character.isNumber
    #expect(Octet.isLetter(byte) == isLetter)
    #expect(Octet.isSmallLetter(byte) == (isLetter && character.isLowercase))
    #expect(Octet.isDigit(byte) == isDigit)
    #expect(Octet.isLetterOrDigit(byte) == (isLetter || isDigit))
    #expect(Octet.isName(byte) == (isLetter || isDigit || character == "_"))
    #expect(Octet.isHexDigit(byte) == character.isHexDigit)
    #expect(Octet.hexValue(byte).map(Int.init) == character.hexDigitValue)
    #expect(Octet.isSpace(byte) == (byte < 0x80 && character.isWhitespace))
  }

  @Test(arguments: UInt8(0)..<16) func aHexDigitIsReadBackAsItsNumber(_ number: UInt8) {
    #expect(Octet.hexDigit(number) == String(number, radix: 16).utf8.first)
    #expect(Octet.hexValue(Octet.hexDigit(number)) == number)
  }
}
