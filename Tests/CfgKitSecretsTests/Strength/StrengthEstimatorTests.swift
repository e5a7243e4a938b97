import CfgKitSecrets
import Testing

@Suite struct StrengthEstimatorTests {
  private func estimate(_ text: String, for use: KeyUse = .general) throws -> StrengthEstimate {
    StrengthEstimator().estimate(of: try Secret(copying: text), for: use)
  }

  @Test(arguments: [
    "your-secret-key-here-minimal-32-characters", "changeme", "change-me", "dev", "secret", "password",
    "0123456789abcdef0123456789abcdef", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "please-change-this-in-production",
    "your_super_secret_key_change_this_in_production", "abcdefghijklmnopqrstuvwxyz0123456789",
    "12345678901234567890123456789012", "my-very-secret-key-that-is-long-enough-for-jwt", "deadbeef",
    "CHANGE_ME_TO_A_LONG_RANDOM_STRING_OF_CHARACTERS", "",
  ])
  func whatAPersonTypedIsRefused(_ text: String) throws {
    let estimate = try estimate(text)
    #expect(estimate.verdict == .reject)
    #expect(!estimate.reasons.isEmpty)
    #expect(estimate.weakness != nil)
  }

  @Test(arguments: [
    "your-secret-key-here-minimal-32-characters", "changeme", "<your-secret-key>", "replace-me",
  ])
  func aPlaceholderIsFoundToBeOne(_ text: String) throws {
    #expect(try estimate(text).weakness == .placeholder)
  }

  @Test func aShortRandomValueIsShort() throws {
    #expect(try estimate("k7Gz2PqX").weakness == .short)
  }

  @Test func anHMACKeyMustHaveTheBytesOfItsHash() throws {
    let key = "q0x6XJf2l9vTgk4hZr8MWaPbYc3EoNds"
    #expect(try estimate(key).verdict == .ok)
    #expect(try estimate(key, for: .hs256).verdict == .ok)
    #expect(try estimate(key, for: .hs384).verdict == .reject)
    #expect(try estimate(key, for: .hs512).reasons.contains(.hsKeySize))
  }

  @Test(arguments: [
    "your-jina-api-key", "super-secret-key", "supersecret", "mySecretKey", "changeme_in_production",
    "dev-secret-key-not-for-production", "insert your token here", "SECRET_KEY", "test-key-123", "secret",
  ])
  func wordsThatAskToBeReplacedMakeAPlaceholder(_ text: String) throws {
    let estimate = try Secret(copying: text).withBytes { StrengthEstimator().estimate($0) }
    #expect(estimate.weakness == .placeholder)
    #expect(estimate.reasons.contains(.placeholder))
  }

  @Test(arguments: [
    "dev", "test-1234", "monkey", "postgres", "correct horse battery", "SHA512-CRYPT", "BCRYPT", "PLAIN",
    "first line\nof some verse\\ \"quoted\"",
  ])
  func otherWordsMakeAWeakSecretAndNoPlaceholder(_ text: String) throws {
    let estimate = try Secret(copying: text).withBytes { StrengthEstimator().estimate($0) }
    #expect(estimate.verdict == .reject)
    #expect(estimate.weakness != .placeholder)
  }

  @Test(arguments: [
    ("192.168.0.1:your-secret-key", "placeholder"), ("abcdefghijklmnopqrstuvwxyz", "sequence"),
    ("qwertyuiopasdfghjklzxcvbnm", "keyboard"), ("2024-01-31T23:59:59Z", "date"),
    ("3141592653589793238462643383279", "constant"), ("Zq8+!Zq8+!Zq8+!Zq8+!Zq8+!Zq8+!", "repeat"),
    ("7365637265742d6b65792d746861742d69732d6c6f6e67", "encoded-hex"), ("${SECRET_KEY}", "reference"),
    ("c2VjcmV0LWtleS10aGF0LWlzLWxvbmctZW5vdWdo", "encoded-base64"),
    ("010011000111010101101010", "few-symbols"),
    ("6566cc7f507f1f644f008a30", "objectid"), ("018e65ac-36a9-7222-9d8c-c42ab40ed4ce", "uuid"),
    ("5f4dcc3b5aa765d61d8327deb882cf99", "hash-of-word"), ("null", "empty"),
  ])
  func aRejectSaysWhatWasFound(_ text: String, _ reason: String) throws {
    let estimate = try estimate(text)
    #expect(estimate.verdict == .reject)
    #expect(estimate.reasons.words.contains(reason), "\(estimate.reasons.words)")
  }

  @Test func anExplanationCountsTheCharactersOfEachClass() {
    let parts = StrengthEstimator().explanation(of: "your-secret-key-here1234567890")
    #expect(parts[.placeholder] == 20)
    #expect(parts[.sequence] == 10)
    #expect(parts.values.reduce(0, +) == 30)
  }

  @Test func aUUIDAndAWebTokenAreWarnedAbout() throws {
    #expect(try estimate("9b2f6c1e-7d34-4f0a-8e5b-c1d2903f7a66").verdict == .warn)
    let token =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.q0x6XJf2l9vTgk4hZr8MWaPbYc3EoNdsq0x7XJf2l8w"
    #expect(try estimate(token).verdict == .warn)
    #expect(try estimate(token).reasons.contains(.notEstimated))
  }

  @Test(arguments: ["app-%", "client-secret-%", "session/%", "myapp:%", "%-prod", "my.app_staging-%"])
  func aUUIDUnderALabelIsWorthWhatItIsAlone(_ label: String) throws {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let digits = (0..<32).map { _ in Array("0123456789abcdef").randomElement(using: &dice)! }
      func uuid(_ version: Character) -> String {
        var text = digits
        text[12] = version
        let parts = [text[0..<8], text[8..<12], text[12..<16], text[16..<20], text[20..<32]]
        return label.replacing("%", with: parts.map { String($0) }.joined(separator: "-"))
      }
      #expect(try estimate(uuid("4")).verdict == .warn, "\(uuid("4"))")
      for version in ["1", "3", "5", "7"] as [Character] {
        #expect(try estimate(uuid(version)).verdict == .reject, "\(uuid(version))")
      }
    }
  }

  @Test func theKeyOfFlasksDocumentationIsKnown() throws {
    #expect(try estimate("A0Zr98j/3yX R~XHH!jmN]LWX/,?RT").reasons.contains(.known))
  }

  @Test func ofAURLThePasswordIsEstimated() throws {
    #expect(try estimate("postgres://app:postgres@db.example.com/app").verdict == .reject)
    #expect(try estimate("postgres://app:q0x6XJf2l9vTgk4hZr8MWaPb@db.example.com/app").verdict == .ok)
  }

  @Test func aPassphraseOfDrawnWordsIsCredited() throws {
    let words = "decorator-exert-surgical-gainfully-unafraid-tricky-creme-unskilled-monstrous-slogan"
    #expect(try estimate(words).verdict == .ok)
    let again = Array(repeating: "decorator", count: 10).joined(separator: "-")
    #expect(try estimate(again).verdict == .reject)
  }

  @Test(arguments: [
    "decorator exert surgical gainfully unafraid tricky creme unskilled monstrous slogan",
    "Decorator-Exert-Surgical-Gainfully-Unafraid-Tricky-Creme-Unskilled-Monstrous-Slogan7",
    "DECORATOR_EXERT_SURGICAL_GAINFULLY_UNAFRAID_TRICKY_CREME_UNSKILLED_MONSTROUS_SLOGAN",
    "decoratorexertsurgicalgainfullyunafraidtrickycremeunskilledmonstrousslogan",
  ])
  func aPassphraseIsCreditedHoweverItIsWritten(_ words: String) throws {
    #expect(try estimate(words).verdict == .ok)
  }

  @Test(arguments: [
    "dragon dragon dragon dragon dragon dragon dragon", "DECORATOR-exert-Surgical-GAINFULLY-unafraid-Tricky",
    "the cat sat on the mat and the dog looked on", "acidacidacidacidacidacidacidacidacid",
  ])
  func wordsThatWereNotDrawnAreNotCredited(_ words: String) throws {
    #expect(try estimate(words).verdict == .reject)
  }

  @Test(arguments: [
    "pleaseChangeThisSecretBeforeGoingLive", "PleaseChangeThisSecretBeforeGoingLive",
    "ch4n63_7h15_53cr37_k3y_b3f0r3_pr0duc710n", "meinSehrGeheimerSchluesselFuerDieAnwendung",
    "cGxlYXNlIGNoYW5nZSB0aGlzIHNlY3JldAo=", "!QAZ@WSX#EDC$RFV%TGB", "zaq1xsw2cde3vfr4bgt5nhy6",
    "redGreenBlueYellowBlackWhite",
    "0x00,0x01,0x02,0x03,0x04,0x05,0x06,0x07,0x08,0x09,0x0a,0x0b,0x0c,0x0d,0x0e,0x0f",
    "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32]",
    "urn:uuid:91230d10-247c-11e1-83ff-9b9c4824019b", "{018e65ac-36a9-7222-9d8c-c42ab40ed4ce}",
  ])
  func whatAPersonWroteIsRefusedHoweverItIsWritten(_ text: String) throws {
    #expect(try estimate(text).verdict == .reject)
  }

  @Test func aLongTextTakesNoTimeToSpeakOf() {
    let text = Array(String(repeating: "0123456789abcdef-your-secret ", count: 500).utf8)
    let estimate = StrengthEstimator().estimate(of: text)
    #expect(estimate.verdict == .reject)
    #expect(estimate.byteCount == 14_500)
    let longer = StrengthEstimator().estimate(of: Array(repeating: 0x61, count: 65_537))
    #expect(longer.reasons.contains(.truncated))
  }

  @Test func bytesThatAreNoTextAreEstimated() {
    #expect(StrengthEstimator().estimate(of: [0]).verdict == .reject)
    #expect(StrengthEstimator().estimate(of: [0xFF, 0xFE, 0xC3]).verdict == .reject)
    #expect(StrengthEstimator().estimate(of: Array(repeating: 0xC3, count: 300)).verdict == .reject)
  }

  /// Scratch memory is measured for the most alphabets and for every length.
  @Test func textsOfEveryLengthAndOfAllAlphabetsAreEstimated() {
    let pattern = Array("0aF-zZ+/_~ é\u{1}".utf8) + [0xFF]
    for count in 1...600 {
      let text = (0..<count).map { pattern[$0 * 7 % pattern.count] }
      #expect(StrengthEstimator().estimate(of: text).byteCount == count)
    }
  }

  @Test func anotherPolicyMovesTheLine() throws {
    let key = "q0x6XJf2l9vTgk4h"
    #expect(try estimate(key).verdict == .reject)
    let modest = StrengthEstimator(policy: StrengthPolicy(minimumBits: 90))
    #expect(modest.estimate(of: Array(key.utf8)).verdict == .ok)
  }
}
