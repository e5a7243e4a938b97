/// How much work it is to guess a value, with the reasons.
///
/// Holds numbers and fixed words only: never a character of the value, never a place in it.
public struct StrengthEstimate: Sendable, Equatable {
  /// Bits of guessing work: the smaller of `charsetBits` and `codeBits`.
  public var bits: Double { Double(min(charset, code)) / Cost.one }
  /// Bits if every character had been drawn evenly from the smallest generator alphabet that holds them all.
  public var charsetBits: Double { Double(charset) / Cost.one }
  /// Bits of the shortest description that the estimator's code finds.
  public var codeBits: Double { Double(code) / Cost.one }
  /// How many bytes the value has, which is a number of its own: 32 hex digits are 32 bytes and 128 bits.
  public let byteCount: Int
  /// What to do about it.
  public let verdict: Verdict
  /// Why; never empty for a reject.
  public let reasons: ReasonSet
  /// Which fault a reject is, for a rule to be chosen by; nil if it is none.
  public let weakness: Weakness?

  let charset: Int32
  let code: Int32

  /// Kinds of rejected values.
  public enum Weakness: Sendable, Hashable {
    /// Half of the characters or more are those of a placeholder or of a reference that was not resolved.
    case placeholder
    /// Published, or the hash of a common word.
    case known
    /// Too short for its alphabet, whatever it holds.
    case short
    /// Long enough, and guessable.
    case weak
  }
}

/// What to do about a value.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// Guessable: an error.
  case reject
  /// Below what standards ask for new keys: a warning.
  case warn
  /// A generator may well have made it.
  case ok
}
