/// Tells whether a generator could have made a value, or a person.
///
/// It compares two lengths: the bits that random text of the same alphabet would hold, and the shortest
/// description of the value in a code of words, phrases, repeats, runs and random characters. A value that can
/// be described much more briefly than random text was not drawn at random.
public struct StrengthEstimator: Sendable {
  /// How strong a value must be.
  public let policy: StrengthPolicy

  /// An estimator for a policy; one that asks for 128 bits unless told.
  public init(policy: StrengthPolicy = .key) {
    self.policy = policy
  }

  /// Estimates a value.
  ///
  /// - Parameters:
  ///   - bytes: the value as it stands in the configuration.
  ///   - use: what it is for, where that has rules of its own.
  public func estimate(_ bytes: borrowing RawSpan, for use: KeyUse = .general) -> StrengthEstimate {
    unsafe bytes.withUnsafeBytes { unsafe Judgement.of($0, policy: policy, use: use) }
  }

  /// Estimates a secret.
  ///
  /// - Parameters:
  ///   - secret: the value as it stands in the configuration.
  ///   - use: what it is for, where that has rules of its own.
  public func estimate(of secret: Secret, for use: KeyUse = .general) -> StrengthEstimate {
    secret.withBytes { estimate($0, for: use) }
  }

  /// What a value is made of: how many characters each class covers, in the reading that speaks best for it.
  ///
  /// It tells numbers, never a place or a character. Unlike `estimate` it allocates.
  public func explain(_ bytes: borrowing RawSpan) -> [TokenClass: Int] {
    unsafe bytes.withUnsafeBytes { unsafe Judgement.parts(of: $0, policy: policy) }
  }
}
