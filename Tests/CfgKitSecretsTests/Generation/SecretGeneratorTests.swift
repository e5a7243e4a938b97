import CfgKitSecrets
import Testing

@Suite struct SecretGeneratorTests {
  @Test(arguments: KeyFormat.Kind.allCases)
  func everyKindMakesKeysThatAreStrongAndDifferent(_ kind: KeyFormat.Kind) throws {
    let generator = try SecretGenerator()
    let first = try generator.generate(KeyFormat(kind))
    let second = try generator.generate(KeyFormat(kind))
    #expect(!first.matches(second))
    let expected: Verdict = kind == .uuid ? .warn : .ok
    #expect(StrengthEstimator().estimate(of: first).verdict == expected)
  }

  @Test(arguments: [
    ("base64url", 43), ("base64url:48", 64), ("base64url:64", 86), ("hex:32", 64), ("hex:64", 128),
    ("base64:32", 44), ("base64:48", 64), ("laravel", 51), ("laravel:16", 31), ("fernet", 44),
    ("ed25519", 44),
    ("ed25519-pkcs8", 64), ("wireguard", 44), ("age", 74), ("totp:20", 32), ("alnum:40", 40),
    ("digits:40", 40),
    ("password:24", 24), ("django", 50), ("wordpress", 64), ("uuid", 36), ("jwk", 63),
  ])
  func aKeyIsAsLongAsItsFormatSays(_ format: String, _ count: Int) throws {
    let key = try SecretGenerator().generate(KeyFormat(parsing: format))
    #expect(key.byteCount == count)
  }
}

@Suite struct KeyFormatTests {
  @Test(arguments: KeyFormat.Kind.allCases)
  func aFormatReadsBackWhatItPrints(_ kind: KeyFormat.Kind) throws {
    let format = KeyFormat(kind)
    #expect(try KeyFormat(parsing: format.description) == format)
    #expect(try KeyFormat(parsing: kind.rawValue) == format)
  }

  @Test(arguments: [
    ("", KeyFormatError.Code.unknownKind), ("hexx", .unknownKind), ("HEX", .unknownKind),
    (":32", .unknownKind),
    ("hex:", .malformedSize), ("hex:x", .malformedSize), ("hex:-1", .malformedSize),
    ("hex:+32", .malformedSize),
    ("hex:0", .malformedSize), ("hex:3 2", .malformedSize), ("hex:99999999999999999999", .malformedSize),
    ("hex:8", .tooSmall), ("digits:38", .tooSmall), ("diceware:9", .tooSmall), ("alnum:21", .tooSmall),
    ("hex:1025", .tooLarge), ("laravel:24", .unsupportedSize), ("fernet:16", .unsupportedSize),
    ("django:60", .unsupportedSize),
  ])
  func aFormatThatNoKeyCanHaveIsRefused(_ text: String, _ code: KeyFormatError.Code) {
    #expect { _ = try KeyFormat(parsing: text) } throws: { ($0 as? KeyFormatError)?.code == code }
  }
}
