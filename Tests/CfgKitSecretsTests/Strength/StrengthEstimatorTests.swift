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
}
