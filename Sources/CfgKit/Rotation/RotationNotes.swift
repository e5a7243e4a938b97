import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// What rotation does not protect, and what an application has to do for it, by framework.
struct RotationNotes {
  /// A note, and when it counts.
  private struct Page {
    /// Whether the old key is kept or dropped when the note counts.
    enum Moment {
      case kept, dropped, always
    }

    /// Whom the page is for.
    let reader: @Sendable (KeyDeclaration?, [String]) -> Bool
    let moment: Moment
    let texts: [String]

    init(_ pack: String, _ keys: Set<String>, _ moment: Moment, _ texts: String...) {
      reader = { declaration, packs in
        packs.contains(pack) && declaration.map { keys.contains($0.key) } ?? false
      }
      self.moment = moment
      self.texts = texts
    }

    init(where reader: @escaping @Sendable (KeyDeclaration) -> Bool, _ moment: Moment, _ texts: String...) {
      self.reader = { declaration, _ in declaration.map(reader) ?? false }
      self.moment = moment
      self.texts = texts
    }
  }

  private static let pages: [Page] = [
    Page(
      "flask", ["SECRET_KEY"], .kept,
      "Flask-Login's remember-me cookies are signed by SECRET_KEY alone: those users sign in again",
      "a session that is only read is not signed again: unless sessions are permanent, old logins end when the old key is retired",
      "SECRET_KEY_FALLBACKS needs Flask 3.1.1 or newer, and an application that splits it into a list"),
    Page(
      "flask", ["SECRET_KEY"], .always,
      "a Flask-WTF form that is open in a browser is refused once with 400",
      "Flask-JWT-Extended without a JWT_SECRET_KEY of its own refuses old tokens with 422"),
    Page(
      "django", ["SECRET_KEY"], .kept,
      "SECRET_KEY_FALLBACKS keeps sessions from Django 4.1.8 on; signed-cookie logins are renewed only if used meanwhile"
    ),
    Page(
      "laravel", ["APP_KEY"], .always,
      "data encrypted with APP_KEY must be written again before the old key is retired",
      "php artisan key:generate drops the old key; from now on change APP_KEY with cfgkit only"),
    Page("laravel", ["APP_KEY"], .kept, "APP_PREVIOUS_KEYS needs Laravel 11 or newer"),
    Page(
      "rails", ["SECRET_KEY_BASE"], .always,
      "data encrypted with a key derived from SECRET_KEY_BASE must be written again before the old key is retired"
    ),
    Page(
      where: { $0.generate?.kind == .fernet }, .kept,
      "data encrypted with the old key must be written again (MultiFernet.rotate) before it is retired"),
    Page(
      where: { [.ed25519, .ed25519PKCS8, .jwk].contains($0.generate?.kind) }, .kept,
      "tokens must not live longer than the overlap, and caches of the public keys count too"),
    Page(
      where: { $0.rotation?.fallbackFormat == .jwks && $0.generate?.kind == .jwk }, .always,
      "symmetric keys have no public half: the set holds the keys themselves, so only those who verify may have it"
    ),
    Page(
      where: { $0.rotation?.fallbackFormat == .versioned }, .kept,
      "the list covers what better-auth encrypts; cookies that the old key signed end now"),
    Page(
      where: { $0.rotation?.fallbackFormat == .authjs }, .kept,
      "Auth.js reads the numbered keys only where the configuration names no secret of its own"),
  ]

  /// The notes on a key.
  ///
  /// - Parameter isKept: whether the old key stays accepted.
  static func notes(on declaration: KeyDeclaration?, packs: [String], isKept: Bool) -> [String] {
    pages.filter { page in
      page.reader(declaration, packs) && page.moment != (isKept ? .dropped : .kept)
    }.flatMap(\.texts)
  }

  /// What an application of a framework that reads no list by itself has to hold, line by line.
  static func snippet(for key: String, list: String, packs: [String]) -> [String] {
    guard key == "SECRET_KEY_BASE", list != key else { return [] }
    if packs.contains("rails") {
      return [
        "# config/initializers/previous_secrets.rb",
        "previous = ENV.fetch(\"\(list)\", \"\").split(\",\").reject(&:empty?)",
        "if Rails.application.respond_to?(:message_verifiers) # Rails 7.1",
        "  previous.each { |secret| Rails.application.message_verifiers.rotate(secret_key_base: secret) }",
        "end",
        "Rails.application.config.after_initialize do",
        "  dispatch = Rails.application.config.action_dispatch",
        "  previous.each do |secret|",
        "    keys = ActiveSupport::KeyGenerator.new(secret, iterations: 1000)",
        "    dispatch.cookies_rotations.rotate :encrypted, keys.generate_key(",
        "      dispatch.authenticated_encrypted_cookie_salt, ActiveSupport::MessageEncryptor.key_len)",
        "    dispatch.cookies_rotations.rotate :signed, keys.generate_key(dispatch.signed_cookie_salt)",
        "  end",
        "end",
      ]
    }
    if packs.contains("phoenix") {
      return [
        "# the session options of the endpoint; they are read once, when it is compiled",
        "rotating_options:",
        "  for(secret <- String.split(System.get_env(\"\(list)\", \"\"), \",\", trim: true), do: [secret_key_base: secret])",
      ]
    }
    return []
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
    let packs = project.schema.rulePacks
    var notes: [String] = []
    switch kind {
    case .rotate, .prepare, .promote:
      notes = RotationNotes.notes(on: project.schema[key], packs: packs, isKept: true)
    case .replace, .compromise:
      notes = RotationNotes.notes(on: project.schema[key], packs: packs, isKept: false)
    case .retire: return inHistory
    default: return []
    }
    if let note = flaskSession(file.terms, isKept: kind != .replace && kind != .compromise) {
      notes.insert(note, at: 0)
    }
    if kind == .rotate, !file.terms.policy.keepsStandingNext || file.ring.next == nil {
      notes.append(
        "all processes should restart together; behind a balancer use --prepare, --promote and --retire")
    }
    if let mode = try? (store as? FileStore)?.path.stat().permissions,
      !mode.isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute])
    {
      notes.append(
        "others may read \(file.terms.shownPath); make it private with: chmod 600 \(file.terms.shownPath)")
    }
    if kind == .replace || kind == .compromise { notes += inHistory }
    let dependents = RotationNotes.dependents(on: key, in: document)
    if !dependents.isEmpty {
      notes.append("built from \(key), and changed with it: \(dependents.joined(separator: ", "))")
    }
    if packs.contains("laravel") || packs.contains("rails") {
      notes.append("a cache of the configuration keeps the old keys until it is cleared")
    }
    for name in file.keyNames where project.options.environment.withVariable(name, { _ in }) {
      notes.append(
        "the environment of this shell holds the \(name) of before, and wins where it is inherited; unset it there"
      )
    }
    return notes
  }

  /// What a store keeps of keys that are gone.
  private var inHistory: [String] {
    guard store.capabilities.contains(.history) else { return [] }
    return [
      "the old value stays in the history of \(shownPath), its log and its backups until its operator compacts them"
    ]
  }

  /// Flask-Session keeps sessions in a store, and signs their ids only if told to, with SECRET_KEY alone.
  private func flaskSession(_ terms: RingFile.Terms, isKept: Bool) -> String? {
    guard terms.name == "SECRET_KEY", project.schema.rulePacks.contains("flask"),
      text(of: "SESSION_TYPE") != nil
    else { return nil }
    guard text(of: "SESSION_USE_SIGNER").flatMap(Bool.init(reading:)) == true else {
      return isKept
        ? "Flask-Session without a signer does not use SECRET_KEY: its users stay"
        : "Flask-Session without a signer does not use SECRET_KEY: to sign its users out, clear its store"
    }
    guard isKept else { return nil }
    return terms.policy.fallbackKey == terms.name
      ? "Flask-Session's signer takes the list that SECRET_KEY is, if the application splits it: its users stay"
      : "Flask-Session's signer ignores SECRET_KEY_FALLBACKS: its users sign in again, unless SECRET_KEY is the list [old, new]"
  }

  /// What the layers say of a setting, declared or not; nil if it is empty.
  private func text(of key: String) -> String? {
    let text = project.resolution[key]?.winner?.value.text ?? project.options.environment.text(key)
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
}
