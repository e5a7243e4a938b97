import CfgKitSecrets

/// The comment above a key in which its ring is kept, read and printed without losing a word.
///
///     # cfgkit: rotated=2026-11-23T10:02:11Z phase=grace gen=3 op=… salt=… current=… previous=…@2026-12-25T10:02:11Z
package struct ManagedLine: Sendable, Hashable {
  /// A fingerprint with a moment; nil where a `-` stands.
  package struct Mark: Sendable, Hashable {
    /// Which key; nil for one below the strength bar.
    package var fingerprint: Fingerprint?
    /// Since when, or until when; nil while that is not known.
    package var time: RotationTime?
  }

  /// The current key of a line that names one.
  package struct Current: Sendable, Hashable {
    /// Which key; nil for one below the strength bar.
    package var fingerprint: Fingerprint?
  }

  /// A word that this version does not know. It is kept.
  package struct Unknown: Sendable, Hashable {
    /// What stands before the `=`.
    package let name: String
    /// What stands behind it.
    package let value: String
  }

  /// What a line is at most, in bytes.
  package static let longest = 1_000
  /// What every line begins with.
  package static let prefix = "# cfgkit: rotated="

  /// Since when the current key signs.
  package var rotated: RotationTime?
  /// Where the ring stands; nil for steady, or grace if there are previous keys.
  package var phase: KeyRing.Phase?
  /// How many changes were published.
  package var generation: Int?
  /// The last change.
  package var operation: OperationID?
  /// The key of all fingerprints.
  package var salt: Salt?
  /// The current key; nil if the line does not say.
  package var current: Current?
  /// The next key and when it was published.
  package var next: Mark?
  /// The previous keys and until when they stay, newest first.
  package var previous: [Mark] = []
  /// Keys that must not come back, newest first.
  package var dead: [Fingerprint] = []
  /// The highest number that a key of a numbered list ever had, so that none is given twice (better-auth).
  package var serial: Int?
  /// Words that this version does not know, in their order.
  package var unknown: [Unknown] = []

  /// A line that says only since when the key signs.
  package init(rotated: RotationTime?) {
    self.rotated = rotated
  }

  /// Whether a comment is such a line, sound or damaged.
  package static func isOne(_ comment: String) -> Bool { comment.hasPrefix(prefix) }
}

extension ManagedLine: CustomStringConvertible {
  /// The comment, without a line end; `init(parsing:)` reads it back.
  package var description: String {
    var words = [Self.prefix + Self.text(rotated)]
    func add(_ name: String, _ value: String?) { if let value { words.append("\(name)=\(value)") } }
    add("phase", phase?.rawValue)
    add("gen", generation.map(String.init))
    add("op", operation?.description)
    add("salt", salt?.description)
    add("current", current.map { Self.text($0.fingerprint) })
    add("next", next.map(Self.text))
    add("previous", previous.isEmpty ? nil : previous.map(Self.text).joined(separator: ","))
    add("dead", dead.isEmpty ? nil : dead.map(\.description).joined(separator: ","))
    add("serial", serial.map(String.init))
    for word in unknown { add(word.name, word.value) }
    return words.joined(separator: " ")
  }

  private static func text(_ mark: Mark) -> String { "\(text(mark.fingerprint))@\(text(mark.time))" }

  private static func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "-" }
}
