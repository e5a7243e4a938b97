import CfgKitDotEnv
import CfgKitSecrets

extension ManagedLine {
  /// What is wrong with a line that begins as one; nothing can be read off it then.
  package struct Damage: Error, Sendable, Hashable {
    /// Which part of it: a word's name, or `line` for its form as a whole.
    package let part: String
  }

  /// Reads the comment: `# cfgkit: rotated=` and a time or `-`, then words `name=value` with one blank before each, every name once. A name
  /// that is not known is kept.
  ///
  /// - Throws: `Damage`.
  package init(parsing comment: String) throws(Damage) {
    guard Self.isOne(comment), comment.utf8.count <= Self.longest else { throw Damage(part: "line") }
    var words = comment.dropFirst(Self.prefix.count).split(separator: " ", omittingEmptySubsequences: false)
    rotated = try Self.time(words.removeFirst(), "rotated")
    var seen: Set<Substring> = []
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, Self.isName(parts[0]), Self.isValue(parts[1]) else {
        throw Damage(part: "line")
      }
      guard seen.insert(parts[0]).inserted else { throw Damage(part: String(parts[0])) }
      try take(String(parts[0]), parts[1])
    }
    if salt == nil, hasFingerprint { throw Damage(part: "salt") }
  }

  private mutating func take(_ name: String, _ value: Substring) throws(Damage) {
    switch name {
    case "phase": phase = try Self.some(KeyRing.Phase(rawValue: String(value)), name)
    case "gen": generation = try Self.number(value, name)
    case "serial": serial = try Self.number(value, name)
    case "op": operation = try Self.some(OperationID(parsing: String(value)), name)
    case "salt": salt = try Self.some(Salt(parsing: String(value)), name)
    case "current": current = Current(fingerprint: try Self.fingerprint(value, name))
    case "next":
      let mark = try Self.mark(value, name)
      guard mark.time != nil else { throw Damage(part: name) }
      next = mark
    case "previous":
      for part in value.split(separator: ",", omittingEmptySubsequences: false) {
        previous.append(try Self.mark(part, name))
      }
    case "dead":
      for part in value.split(separator: ",", omittingEmptySubsequences: false) {
        guard let fingerprint = try Self.fingerprint(part, name) else { throw Damage(part: name) }
        dead.append(fingerprint)
      }
      guard dead.count <= KeyRing.deadCount else { throw Damage(part: name) }
    case "rotated": throw Damage(part: name)
    default: unknown.append(Unknown(name: name, value: String(value)))
    }
  }

  private var hasFingerprint: Bool {
    let all = [current?.fingerprint, next?.fingerprint] + previous.map(\.fingerprint) + dead
    return all.contains { $0 != nil }
  }

  private static func some<T>(_ value: T?, _ part: String) throws(Damage) -> T {
    guard let value else { throw Damage(part: part) }
    return value
  }

  /// The way a number prints is the only way it is written.
  private static func number(_ text: Substring, _ part: String) throws(Damage) -> Int {
    guard let number = Int(text), number >= 0, String(number) == text else { throw Damage(part: part) }
    return number
  }

  private static func time(_ text: Substring, _ part: String) throws(Damage) -> RotationTime? {
    text == "-" ? nil : try some(RotationTime(parsing: text), part)
  }

  private static func fingerprint(_ text: Substring, _ part: String) throws(Damage) -> Fingerprint? {
    text == "-" ? nil : try some(Fingerprint(parsing: String(text)), part)
  }

  private static func mark(_ text: Substring, _ part: String) throws(Damage) -> Mark {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw Damage(part: part) }
    return Mark(fingerprint: try fingerprint(parts[0], part), time: try time(parts[1], part))
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { Octet.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isValue(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { Octet.isLetterOrDigit($0) || "-_:.,@".utf8.contains($0) }
  }
}
