import CfgKit
import CfgKitSecrets

/// The lines of `cfgkit strength`: verdict, bits and reasons of each secret, in fixed words.
enum StrengthLines {
  /// What is told of one secret: numbers and fixed words.
  struct Score {
    let estimate: StrengthEstimate
    /// How many characters each class covers.
    let parts: [TokenClass: Int]
  }

  /// One line a secret; JSON is one object a line.
  static func text(_ scores: [Score], asJSON: Bool) -> String {
    scores.enumerated().map { index, score in
      asJSON
        ? json(score.estimate, line: index + 1) : plain(score, line: scores.count > 1 ? index + 1 : nil)
    }.joined()
  }

  private static func json(_ estimate: StrengthEstimate, line: Int) -> String {
    JSON.object([
      ("schemaVersion", .integer(1)), ("line", .integer(line)),
      ("verdict", .string(estimate.verdict.rawValue)),
      ("bits", .integer(Int(estimate.bits))), ("bytes", .integer(estimate.byteCount)),
      ("reasons", .array(estimate.reasons.words.map { .string($0) })),
    ]).line + "\n"
  }

  /// `3: reject, 33 bits, 30 bytes: placeholder 20, sequence 10, below-98`
  private static func plain(_ score: Score, line: Int?) -> String {
    let estimate = score.estimate
    let counts = estimate.verdict == .ok ? [:] : score.parts
    let reasons = estimate.reasons.words.map { word in
      guard let kind = TokenClass.allCases.first(where: { $0.word == word }), let count = counts[kind] else {
        return word
      }
      return "\(word) \(count)"
    }
    return (line.map { "\($0): " } ?? "")
      + "\(estimate.verdict.rawValue), \(Int(estimate.bits)) bits, \(estimate.byteCount) bytes"
      + (reasons.isEmpty ? "" : ": \(reasons.joined(separator: ", "))") + "\n"
  }

  /// What to do about rejected secrets, or nil if there are none.
  static func fix(_ scores: [Score]) -> String? {
    guard let worst = scores.first(where: { $0.estimate.verdict == .reject }) else { return nil }
    switch worst.estimate.weakness {
    case .known: return "everyone can look it up; take a new key: cfgkit generate"
    case .short: return "take a longer key that nobody chose: cfgkit generate"
    default: return "take a key that nobody chose: cfgkit generate"
    }
  }
}
