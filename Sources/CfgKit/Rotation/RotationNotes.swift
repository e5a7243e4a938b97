import CfgKitDotEnv

/// What rotation does not protect, for the frameworks that the schema's rule packs name (rotation.md §5).
struct RotationNotes {
  private struct Page {
    let pack: String
    let keys: Set<String>
    /// Whether the note counts when the old key stays accepted, and when it does not.
    var kept = true
    var dropped = true
    let text: String
  }

  private static let pages: [Page] = [
    Page(
      pack: "flask", keys: ["SECRET_KEY"], dropped: false,
      text: "Flask-Login's remember-me cookies are signed by SECRET_KEY alone: those users sign in again"),
    Page(
      pack: "flask", keys: ["SECRET_KEY"],
      text: "a Flask-WTF form that is open in a browser is refused once with 400"),
    Page(
      pack: "flask", keys: ["SECRET_KEY"],
      text: "Flask-JWT-Extended without a JWT_SECRET_KEY of its own refuses old tokens with 422"),
    Page(
      pack: "flask", keys: ["SECRET_KEY"], dropped: false,
      text: "SECRET_KEY_FALLBACKS needs Flask 3.1.1 or newer, and an application that splits it into a list"),
    Page(
      pack: "django", keys: ["SECRET_KEY"], dropped: false,
      text:
        "SECRET_KEY_FALLBACKS keeps sessions from Django 4.1.8 on; signed-cookie logins are renewed only if used meanwhile"
    ),
    Page(
      pack: "laravel", keys: ["APP_KEY"],
      text: "data encrypted with APP_KEY must be written again before the old key is retired"),
    Page(
      pack: "rails", keys: ["SECRET_KEY_BASE"],
      text:
        "data encrypted with a key derived from SECRET_KEY_BASE must be written again before the old key is retired"
    ),
  ]

  /// The notes on a key.
  ///
  /// - Parameter isKept: whether the old key stays accepted.
  static func notes(on key: String, packs: [String], isKept: Bool) -> [String] {
    pages.filter { page in
      packs.contains(page.pack) && page.keys.contains(key) && (isKept ? page.kept : page.dropped)
    }.map(\.text)
  }

  /// The keys whose values are built from this one by `${KEY}`, and change with it.
  static func dependents(on key: String, in document: Document) -> [String] {
    let references = ["${\(key)}", "${\(key):", "${\(key)-", "${\(key)+", "${\(key)?"].map { Array($0.utf8) }
    return document.withBytes { bytes in
      document.entries.filter { entry in
        guard entry.spelling != .single else { return false }
        return references.contains { reference in Self.contains(reference, in: bytes, entry.valueRange) }
      }.map(document.key)
    }
  }

  private static func contains(_ needle: [UInt8], in bytes: borrowing RawSpan, _ range: Range<Int>) -> Bool {
    guard range.count >= needle.count else { return false }
    var start = range.lowerBound
    while start + needle.count <= range.upperBound {
      var index = 0
      while index < needle.count, bytes[octet: start + index] == needle[index] { index += 1 }
      if index == needle.count { return true }
      start += 1
    }
    return false
  }
}

extension Rotation {
  /// Whether cfgkit makes the new key.
  var isGenerated: Bool { request.value == nil }

  /// What to say beside a change, before the applications are restarted.
  func notes(on file: RingFile, _ kind: RotationEvent.Kind?, _ document: Document) -> [String] {
    let key = file.terms.name
    var notes: [String] = []
    switch kind {
    case .rotate, .promote:
      notes = RotationNotes.notes(on: key, packs: project.schema.rulePacks, isKept: true)
      if usesFlaskSession(key) {
        notes.insert("Flask-Session's signer ignores SECRET_KEY_FALLBACKS; its users sign in again", at: 0)
      }
    case .replace, .compromise:
      notes = RotationNotes.notes(on: key, packs: project.schema.rulePacks, isKept: false)
    default: return []
    }
    if kind == .rotate {
      notes.append(
        "all processes should restart together; behind a balancer use --prepare, --promote and --retire")
    }
    let dependents = RotationNotes.dependents(on: key, in: document)
    if !dependents.isEmpty {
      notes.append("built from \(key), and changed with it: \(dependents.joined(separator: ", "))")
    }
    if project.options.environment.withVariable(key, { _ in }) {
      notes.append(
        "the environment of this shell holds the old \(key), and wins where it is inherited; unset it there")
    }
    return notes
  }

  private func usesFlaskSession(_ key: String) -> Bool {
    guard key == "SECRET_KEY", project.schema.rulePacks.contains("flask") else { return false }
    let resolution = project.resolution
    return resolution["SESSION_TYPE"]?.isMissing == false
      && resolution["SESSION_USE_SIGNER"]?.isMissing == false
  }
}
