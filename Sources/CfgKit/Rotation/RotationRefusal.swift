/// Why a rotation was refused; nothing was written.
///
/// Equal by code and key, so that tests stay readable. The message names the way out, and never a value.
package struct RotationRefusal: Error, Sendable {
  /// The kinds.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    /// The schema names no key in which the old value could stay accepted.
    case noFallback = "no-fallback"
    /// The current value is a sample, known or weak.
    case unfitCurrent = "unfit-current"
    /// The step does not follow the last one.
    case outOfStep = "out-of-step"
    /// Nobody said that everybody may be signed out.
    case unconfirmed
    /// The file sets the key more than once.
    case duplicateKey = "duplicate-key"
    /// The list of previous keys is not in the format that the schema names.
    case listFormat = "list-format"
    /// The value cannot stand in a list of that format.
    case unlistable
    /// Nothing says that the key is a secret.
    case noSecret = "no-secret"
    /// The key keeps what another key needs, and goes with that.
    case partOfRing = "part-of-ring"
    /// The new value is not of the key's type.
    case unfitValue = "unfit-value"
    /// The new value is weak.
    case weakValue = "weak-value"
    /// The new value was a key before, or is one.
    case reusedValue = "reused-value"
    /// A higher layer holds another value.
    case shadowed
    /// No previous key may go yet.
    case tooEarly = "too-early"
    /// As many previous keys as there is room for are still accepted.
    case tooManyPrevious = "too-many-previous"
    /// Not every member serves with the last change.
    case acknowledgementsMissing = "acknowledgements-missing"
    /// Nobody is on the roster, and nobody said that this is meant.
    case noMembers = "no-members"
    /// A member serves with a newer ring than the store has.
    case documentOutdated = "document-outdated"
    /// A member's clock is more than five minutes away.
    case clocksApart = "clocks-apart"
    /// The store knows no members.
    case cannotWait = "cannot-wait"
    /// A member that should be forgotten is alive.
    case stillAlive = "still-alive"
    /// The application's framework, in the version that is installed, does not accept old keys as it should.
    case frameworkTooOld = "framework-too-old"
    /// The clock shows less than a recorded moment.
    case clockBehind = "clock-behind"
    /// The key has no value, and no schema says how to make one.
    case notSet = "not-set"
    /// The line with the ring is damaged.
    case managedLine = "managed-line"
    /// The value cannot be read.
    case unreadable
    /// A kind of list that this version does not write.
    case unsupportedFormat = "unsupported-format"
    /// There is no key to rotate.
    case nothingToRotate = "nothing-to-rotate"
  }

  /// What stands in the way.
  package let code: Code
  /// The key, or empty.
  package let key: String
  /// One sentence for people, the way out last.
  package let message: String
  /// The line that is meant, if it is one.
  package let location: Location?

  init(_ code: Code, _ key: String, _ message: String, at location: Location? = nil) {
    self.code = code
    self.key = key
    self.message = message
    self.location = location
  }

  /// The exit code: 1 change something, 64 say something else, 75 wait.
  package var exitCode: Int32 {
    switch code {
    case .noFallback, .unfitCurrent, .outOfStep, .frameworkTooOld, .unsupportedFormat, .nothingToRotate,
      .cannotWait, .noMembers, .noSecret, .partOfRing:
      64
    case .unconfirmed: 2
    case .duplicateKey, .listFormat, .unlistable, .unfitValue, .weakValue, .reusedValue, .shadowed: 1
    case .tooEarly, .tooManyPrevious, .acknowledgementsMissing, .clockBehind, .documentOutdated, .clocksApart,
      .stillAlive:
      75
    case .notSet: 66
    case .managedLine, .unreadable: 65
    }
  }
}

extension RotationRefusal: Equatable {
  /// Equal by code and key.
  package static func == (left: RotationRefusal, right: RotationRefusal) -> Bool {
    left.code == right.code && left.key == right.key
  }
}

extension RotationRefusal: CustomStringConvertible {
  /// The message.
  package var description: String { message }
}
