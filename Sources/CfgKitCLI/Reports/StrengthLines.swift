import CfgKitSecrets

/// The lines of `cfgkit strength`: verdict, bits and reasons of each secret, in fixed words.
enum StrengthLines {
  /// One line a secret; JSON is one object a line (strength.md 1.5).
  static func text(_ estimates: [StrengthEstimate], asJSON: Bool) -> String {
    estimates.enumerated().map { index, estimate in
      asJSON ? json(estimate, line: index + 1) : plain(estimate, line: estimates.count > 1 ? index + 1 : nil)
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

  private static func plain(_ estimate: StrengthEstimate, line: Int?) -> String {
    let reasons = estimate.reasons.words
    return (line.map { "\($0): " } ?? "") + "\(estimate.verdict.rawValue), \(Int(estimate.bits)) bits"
      + (reasons.isEmpty ? "" : ": \(reasons.joined(separator: ", "))") + "\n"
  }
}
