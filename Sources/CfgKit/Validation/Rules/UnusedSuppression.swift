/// Whether every `# cfgkit: ignore=` suppresses something, and says why.
struct UnusedSuppression: Check {
  let rules: [Rule] = [.unusedSuppression]

  /// Only the validator knows what the other checks found.
  func findings(in project: CheckedProject) -> [Finding] { [] }

  /// The suppressions that cover none of `found`.
  ///
  /// - Parameter isChecked: whether a rule was looked at this time; of one that was not, nobody knows.
  static func findings(
    _ suppressions: [Suppression], among found: [Finding], isChecked: (Rule) -> Bool
  ) -> [Finding] {
    suppressions.compactMap { suppression in
      guard suppression.hasReason else {
        return Finding(
          .unusedSuppression, key: suppression.key, "this ignore gives no reason, so it has no effect",
          at: suppression.location, fix: .manual("write the reason behind it: -- why"))
      }
      guard !found.contains(where: suppression.covers),
        suppression.rules.allSatisfy({ Rule.named($0).map(isChecked) ?? true })
      else { return nil }
      return Finding(
        .unusedSuppression, key: suppression.key,
        "this ignore of \(names(suppression)) suppresses nothing",
        at: suppression.location,
        fix: .manual("delete line \(suppression.location.line ?? 0)"))
    }
  }

  /// The rules that it names; what is no rule may be anything, and is not repeated.
  private static func names(_ suppression: Suppression) -> String {
    suppression.rules.map { Rule.named($0)?.id ?? "an unknown rule" }.joined(separator: ", ")
  }
}

extension Rule {
  static let unusedSuppression = Rule(
    "unused-suppression", 312, .warning, "an ignore that suppresses nothing",
    why: "It would hide the next finding of that rule, which nobody has looked at.",
    example: "# cfgkit: ignore=weak-secret -- a sample\nPORT=8080",
    fix: "Delete the line.",
    source: "cfgkit")
}
