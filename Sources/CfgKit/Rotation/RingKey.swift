import CfgKitSecrets

/// One key of a ring: the value, and what may be said of it.
package struct RingKey: Sendable {
  /// The value.
  package let secret: Secret
  /// Tells it from others; nil below the strength bar, where it would be an oracle for guessing the value.
  package let fingerprint: Fingerprint?

  /// A key under the name of its ring.
  ///
  /// - Parameters:
  ///   - policy: the bar below which there is no fingerprint.
  package init(_ secret: Secret, name: String, salt: Salt, policy: StrengthPolicy) {
    self.secret = secret
    let isFit = StrengthEstimator(policy: policy).estimate(of: secret).verdict != .reject
    fingerprint = isFit ? Fingerprint(of: secret, name: name, salt: salt) : nil
  }

  /// Whether it may stay accepted: a sample, a known or a weak key stays good for forging for as long as it is.
  package var isFit: Bool { fingerprint != nil }

  /// Whether both are the same value, compared in constant time.
  package func isSame(as other: RingKey) -> Bool { secret.matches(other.secret) }
}
