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

  /// Nothing that can be printed of an estimate holds six characters of the value in a row.
  @Test(arguments: DrawnFormat.all)
  func anEstimateHoldsNoPieceOfTheValue(_ format: DrawnFormat) {
    let key = format.draw()
    let text = String(decoding: key, as: UTF8.self)
    let estimate = StrengthEstimator().estimate(of: key)
    var shown = "\(estimate) \(String(reflecting: estimate)) \(estimate.reasons.words)"
    dump(estimate, to: &shown)
    shown += "\(StrengthEstimator().explanation(of: text))"
    for start in 0...(key.count - 6) {
      #expect(!shown.contains(String(decoding: key[start..<start + 6], as: UTF8.self)))
    }
  }
}
