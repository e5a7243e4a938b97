import CSodium
import CfgKitSecrets
import Foundation
import Testing

/// That no key that a generator drew is refused.
@Suite struct DrawnKeyTests {
  /// 20,000 in all; a million if nightly.
  @Test(arguments: DrawnFormat.all)
  func noDrawnKeyIsRefused(_ format: DrawnFormat) {
    let count = Amount.of(20_000, nightly: Amount.piece) / DrawnFormat.all.count + 1
    var refused = 0
    for _ in 0..<count where StrengthEstimator().estimate(of: format.draw()).verdict == .reject {
      refused += 1
    }
    #expect(refused == 0)
  }

  @Test(arguments: DrawnFormat.kinds)
  func noGeneratedKeyIsRefused(_ kind: KeyFormat.Kind) throws {
    for _ in 0..<Amount.of(20, nightly: 2_000) {
      let key = try SecretGenerator().generate(KeyFormat(kind))
      #expect(StrengthEstimator().estimate(of: key).verdict == .ok)
    }
  }

  /// A label before, after or around the key: at most one in a thousand is refused.
  @Test func aKeyUnderALabelIsHardlyEverRefused() {
    let labels = ["myapp-prod-", "staging_", "key:", "api/v1/", "billing.service.eu-west-1."]
    let formats = DrawnFormat.all.filter { format in
      ["hex, 64", "hex, 40", "base64url, 32", "alphanumeric, 32", "lower and digits, 32"].contains(
        format.name)
    }
    let count = Amount.of(1_500, nightly: 10_000)
    var refused = 0
    for index in 0..<count {
      let key = formats[index % formats.count].draw()
      let label = Array(labels[index / formats.count % labels.count].utf8)
      let text = index % 3 == 2 ? key + Array("-2025".utf8) : label + key
      if StrengthEstimator().estimate(of: text).verdict == .reject { refused += 1 }
    }
    #expect(refused * 1_000 <= count)
  }

  @Test func theReasonsOfADrawnKeyTellNothing() {
    for format in DrawnFormat.all {
      #expect(
        StrengthEstimator().estimate(of: format.draw()).reasons
          .isDisjoint(with: [.known, .hashOfWord, .empty, .placeholder]))
    }
  }

  /// All that can be printed of an estimate.
  private static func shown(_ key: [UInt8]) -> String {
    let estimate = StrengthEstimator().estimate(of: key)
    var shown = "\(estimate) \(String(reflecting: estimate)) \(estimate.reasons.words)"
    dump(estimate, to: &shown)
    return shown + "\(StrengthEstimator().explanation(of: String(decoding: key, as: UTF8.self)))"
  }

  /// Nothing that can be printed of an estimate holds six characters of the value in a row. What is printed of another value too is a word of
  /// the estimate, though it may be one that was drawn: "random", or the head of Laravel's keys.
  @Test(arguments: DrawnFormat.all)
  func anEstimateHoldsNoPieceOfTheValue(_ format: DrawnFormat) {
    let key = format.draw()
    let shown = Self.shown(key)
    let words = Self.shown(format.draw())
    for start in 0...(key.count - 6) {
      let piece = String(decoding: key[start..<start + 6], as: UTF8.self)
      #expect(words.contains(piece) || !shown.contains(piece))
    }
  }
}
