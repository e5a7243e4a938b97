/// One place for every sentence with which a rotation is refused.
extension RotationRefusal {
  private static func command(_ key: String, _ flags: String) -> String {
    "cfgkit rotate-secret \(key) \(flags)"
  }

  static func noFallback(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .noFallback, key,
      "the schema names no fallback= for \(key), so the old key would stop being accepted at once and everybody it "
        + "signed in would have to sign in again; if that is meant, run: \(command(key, "--drop-previous"))")
  }

  static func deadCurrent(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .reusedValue, key,
      "\(key) holds a key of it that was retired or compromised, so whoever has that can sign; replace it: "
        + command(key, "--compromised"))
  }

  static func driftedStep(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .outOfStep, key,
      "\(key) or its list was changed by hand since the last step, so no next key is known; give it dates first: "
        + command(key, "--resume"))
  }

  static func unfitCurrent(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .unfitCurrent, key,
      "the current \(key) is a sample, known or weak, and would stay good for forging as long as it is accepted; "
        + "drop it, which signs everybody out, with: \(command(key, "--drop-previous"))")
  }

  static func outOfStep(_ key: String, _ event: RotationEvent.Kind, in phase: KeyRing.Phase)
    -> RotationRefusal
  {
    let message =
      switch (event, phase) {
      case (.promote, _):
        "no next key of \(key) is prepared; run: \(command(key, "--prepare"))"
      case (_, .staged):
        "a next key of \(key) is prepared; go on with --resume, or drop it with --abort"
      case (_, .promoted):
        "some process may still sign with the previous \(key); go on with --resume, or back with --abort"
      case (.abort, _):
        "nothing of \(key) is under way that could be taken back"
      default:
        "this step does not follow the last one of \(key); see: \(command(key, "--status"))"
      }
    return RotationRefusal(.outOfStep, key, message)
  }

  static func underWay(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .outOfStep, key,
      "a rotation of \(key) is under way, and this drops a key that it needs; nothing changed; go on with it first: "
        + command(key, "--resume"))
  }

  static func unconfirmed(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .unconfirmed, key,
      "every key of \(key) would stop being accepted and everybody would sign in again; confirm it with --yes"
    )
  }

  static func duplicateKey(_ key: String, _ count: Int, _ path: String) -> RotationRefusal {
    RotationRefusal(
      .duplicateKey, key,
      "\(path) sets \(key) \(count) times, and only the last counts; delete the other lines"
    )
  }

  static func listFormat(_ key: String, _ list: String, _ format: RotationPolicy.FallbackFormat)
    -> RotationRefusal
  {
    RotationRefusal(
      .listFormat, key,
      "\(list) is not the \(format.rawValue) list that the schema says; rewrite it, or correct fallback-format="
    )
  }

  static func unlistable(_ key: String, _ format: RotationPolicy.FallbackFormat) -> RotationRefusal {
    RotationRefusal(
      .unlistable, key,
      "a key of \(key) holds a character that a \(format.rawValue) list cannot keep (a comma, or blanks at its ends); "
        + "drop it with: \(command(key, "--drop-previous")), or use fallback-format=json")
  }

  static func noSecret(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .noSecret, key,
      "\(key) is no secret: neither the schema nor its name says so; change it with: cfgkit set \(key), or declare it @sensitive"
    )
  }

  static func partOfRing(_ key: String, of owner: String) -> RotationRefusal {
    RotationRefusal(
      .partOfRing, key,
      "\(key) keeps the other keys of \(owner), and is written with it; run: cfgkit rotate-secret \(owner)")
  }

  static func unfitValue(_ key: String, _ type: ValueType, isMade: Bool) -> RotationRefusal {
    let problem =
      isMade
      ? "cfgkit makes no value of \(key), which has to be \(type.name); give one with --stdin, or name a fitting generate= in the schema"
      : "the new value of \(key) has to be \(type.name); give one that is"
    return RotationRefusal(.unfitValue, key, problem)
  }

  static func weakValue(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .weakValue, key,
      "the new value of \(key) is a sample, known or weak; give a stronger one, or leave --stdin out and cfgkit makes it"
    )
  }

  static func reusedValue(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .reusedValue, key,
      "the new value of \(key) is or was a key of it; a retired key must not come back, so give a new one")
  }

  static func shadowed(_ key: String, _ name: String, by source: String) -> RotationRefusal {
    RotationRefusal(
      .shadowed, key,
      "\(source) holds another \(name) and wins, so the change would have no effect; change it there, or unset it there first"
    )
  }

  static func shadowedUnread(_ key: String, _ name: String, by path: String, _ written: String)
    -> RotationRefusal
  {
    RotationRefusal(
      .shadowed, key,
      "\(path) holds another \(name), and frameworks that read it prefer it, so the change may have no effect; "
        + "change it there with --file \(path), or name the file that counts: --file \(written)")
  }

  static func splitRing(_ key: String, _ keyPath: String, _ list: String, _ listPath: String)
    -> RotationRefusal
  {
    RotationRefusal(
      .shadowed, key,
      "\(key) is in \(keyPath) and its \(list) in \(listPath); a list beside the first would hide the other, whose keys "
        + "would stop being accepted; move \(list) to \(keyPath) first")
  }

  static func frameworkTooOld(_ key: String, _ reason: String, _ cure: String) -> RotationRefusal {
    RotationRefusal(
      .frameworkTooOld, key,
      "\(reason); \(cure), or sign everybody out with: \(command(key, "--drop-previous"))")
  }

  static func tooEarly(_ key: String, until: RotationTime) -> RotationRefusal {
    RotationRefusal(
      .tooEarly, key,
      "previous keys of \(key) are in use until \(until); wait, or sign those people out with: "
        + command(key, "--retire --grace 0"))
  }

  static func tooManyPrevious(_ key: String, _ count: Int, until: RotationTime?) -> RotationRefusal {
    let time = until.map { "until \($0)" } ?? "until every process has been restarted"
    let still =
      count == 1
      ? "a previous key of \(key) is still accepted, \(time), and there is room for one"
      : "\(count) previous keys of \(key) are still accepted, the oldest \(time)"
    return RotationRefusal(
      .tooManyPrevious, key, "\(still); wait, then run: \(command(key, "--retire"))")
  }

  /// - Parameter step: the flag with which the same is asked for again.
  static func acknowledgementsMissing(
    _ ring: KeyRing, _ missing: [MemberStanding], again step: String
  ) -> RotationRefusal {
    let names = missing.prefix(5).map { "\($0.name) \($0.text)" }
    let more = missing.count > 5 ? ", and \(missing.count - 5) more" : ""
    let silent = missing.filter { $0.standing == .silent }.map(\.name)
    var cure = "try again later, or wait with --wait 10m"
    if let first = silent.first {
      cure += ", or if that host is gone for good: \(command(ring.name, "\(step) --forget \(first)"))"
    } else if missing.contains(where: { $0.standing == .otherKeys }) {
      cure = "remove \(ring.name) and its list from the other layers of that host, then try again"
    } else if missing.contains(where: { $0.standing == .withoutKey }) {
      cure = "declare \(ring.name) in the schema of that host, or stop it there, then try again"
    }
    return RotationRefusal(
      .acknowledgementsMissing, ring.name,
      "not yet, some members do not have the last change of \(ring.name): \(names.joined(separator: ", "))\(more); \(cure)"
    )
  }

  static func noMembers(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .noMembers, key,
      "nobody is on the roster, so nobody says whether the last change of \(key) is in use; start the members, or, if "
        + "every process has been restarted by hand, say --no-members")
  }

  static func documentOutdated(_ key: String, _ member: String) -> RotationRefusal {
    RotationRefusal(
      .documentOutdated, key,
      "\(member) serves with a newer state of \(key) than the store has: its data were restored or changed by hand; ask "
        + "its operator")
  }

  static func clocksApart(_ key: String, _ member: String) -> RotationRefusal {
    RotationRefusal(
      .clocksApart, key,
      "the clock of \(member) is more than five minutes from the clock of this host; set them, then try again"
    )
  }

  /// A store that knows no members was asked to wait for them.
  package static func cannotWait(_ key: String, _ store: String) -> RotationRefusal {
    RotationRefusal(
      .cannotWait, key,
      "\(store) knows no members, so nobody can be waited for; use \(command(key, "--prepare")), restart every process, then "
        + "--promote")
  }

  static func notOnRoster(_ key: String, _ member: String, _ roster: [MemberName]) -> RotationRefusal {
    let names = roster.isEmpty ? "nobody is" : roster.map(\.description).joined(separator: ", ")
    return RotationRefusal(
      .notOnRoster, key, "\(member) is not on the roster; on it: \(names)")
  }

  static func lostRace(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .lostRace, key,
      "somebody else began to rotate \(key) at the same time, and nothing was changed; go on with theirs: "
        + command(key, "--resume"))
  }

  static func stillAlive(_ key: String, _ member: String) -> RotationRefusal {
    RotationRefusal(
      .stillAlive, key, "\(member) is alive and cannot be forgotten; stop it first")
  }

  static func clockBehind(_ key: String, _ newest: RotationTime) -> RotationRefusal {
    RotationRefusal(
      .clockBehind, key,
      "the clock is behind \(newest), which the ring of \(key) records; set the clock and try again")
  }

  static func notSet(_ key: String, _ path: String) -> RotationRefusal {
    RotationRefusal(.notSet, key, "\(key) is not set in \(path); set it with: cfgkit set \(key)")
  }

  static func managedLine(_ key: String, at place: Location, _ part: String) -> RotationRefusal {
    RotationRefusal(
      .managedLine, key,
      "\(place.lineDescription): the cfgkit line above \(key) is damaged (\(part)); delete that line, and the ring "
        + "starts again: \(key) signs, and all that its list holds stays accepted for a whole grace",
      at: place)
  }

  static func managedLineTooLong(_ key: String, _ path: String) -> RotationRefusal {
    RotationRefusal(
      .managedLine, key,
      "the cfgkit line above \(key) in \(path) would be longer than \(ManagedLine.longest) bytes; take words out of it "
        + "that cfgkit did not write")
  }

  static func unreadable(_ key: String, _ path: String) -> RotationRefusal {
    RotationRefusal(.unreadable, key, "\(path) has an error in the value of \(key); see: cfgkit validate")
  }

  static func noWebKey(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .unlistable, key,
      "a key of \(key) has none of the forms that a JSON Web Key Set is made of (generate=ed25519, ed25519-pkcs8 or jwk); "
        + "give one of these, or let cfgkit make it: \(command(key, "--drop-previous"))")
  }

  static func unnumbered(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .unsupportedFormat, key,
      "fallback-format=authjs is for a key that ends in _3, whose number signs before _2 and _1; declare AUTH_SECRET_3 with "
        + "fallback=AUTH_SECRET_2")
  }

  static func bareKey(_ key: String, _ bare: String, _ path: String) -> RotationRefusal {
    RotationRefusal(
      .listFormat, key,
      "\(path) sets \(bare) beside \(key), and Auth.js would accept it for ever; remove it with: cfgkit unset \(bare)"
    )
  }

  static func severalFiles(_ key: String) -> RotationRefusal {
    RotationRefusal(
      .nothingToRotate, key,
      "\(key) is in another file than the keys before it; rotate the keys of one file at a time")
  }

  /// Several keys, which are several secrets, or none.
  package static func oneSecretAKey() -> RotationRefusal {
    RotationRefusal(
      .nothingToRotate, "",
      "with --stages the store's address is the secret of one key; name one key at a time")
  }

  /// A store that has no labels.
  package static func noStages(_ key: String, _ store: String) -> RotationRefusal {
    RotationRefusal(
      .unsupportedFormat, key,
      "\(store) keeps no labels for the values of a secret; --stages is for aws-sm://REGION/NAME")
  }

  static func standardInput(_ key: String) -> RotationRefusal {
    RotationRefusal(.nothingToRotate, key, "standard input cannot be changed; name a file with --file")
  }

  static func nothingToRotate() -> RotationRefusal {
    RotationRefusal(.nothingToRotate, "", "name a key to rotate, or say --due or --all")
  }
}

extension RotationMember.Standing {
  /// In words, behind the name of the member.
  func words(beside ring: KeyRing) -> String {
    switch self {
    case .current: "has it"
    case .silent: "is silent"
    case .starting: "is starting"
    case .withoutKey: "serves without \(ring.name)"
    case .behind(let generation): "has gen \(generation) of \(ring.generation)"
    case .ahead(let generation): "has gen \(generation)"
    case .otherKeys: "has other keys"
    case .clockApart: "has another clock"
    }
  }
}
