import CfgKitDotEnv
import CfgKitSecrets

/// One key's ring as a document holds it: the current key, the list of those accepted beside it, and the managed line.
struct RingFile {
  /// What has to be known to read a ring.
  struct Terms {
    /// The key.
    let name: String
    /// How it rotates.
    let policy: RotationPolicy
    /// The bar below which a key is not fit to stay.
    let strength: StrengthPolicy
    /// How messages name the file.
    let shownPath: String
    /// Whether a key that is not there may be put there.
    let mayBeAbsent: Bool
    /// The moment.
    let now: RotationTime
  }

  let terms: Terms
  /// The ring.
  let ring: KeyRing
  /// Whether a hand has edited the file since the line was written, so that the dates begin anew.
  let hasDrifted: Bool
  /// Whether the list holds the current key once more; whatever is written leaves that out.
  let repeatsCurrent: Bool
  /// The line, if there is one.
  let line: ManagedLine?

  private let salt: Salt
  private let slots: RingSlots
  private let values: RingSlots.Values

  /// The keys of the document that belong to the ring: its own, and those of its list.
  var keyNames: [String] { slots.names }

  /// Reads the ring.
  ///
  /// - Throws: `RotationRefusal`, or `SecretError`.
  init(_ terms: Terms, in document: Document, _ reading: Reading) throws {
    self.terms = terms
    slots = try RingSlots(of: terms.name, terms.policy, in: terms.shownPath)
    line = try Self.line(terms, in: document)?.1
    if let known = line?.salt { salt = known } else { salt = try Salt() }
    if !terms.mayBeAbsent, document.lastEntry(for: terms.name) == nil {
      throw RotationRefusal.notSet(terms.name, terms.shownPath)
    }
    values = try slots.read(document, reading)
    let (terms, salt) = (terms, salt)
    let key = { (secret: Secret) in RingKey(secret, name: terms.name, salt: salt, policy: terms.strength) }
    let nothing = try Secret(copying: "")
    let current = key(values.current ?? nothing)
    let others = values.others.map(key).filter { !$0.isSame(as: current) }
    repeatsCurrent = others.count < values.others.count
    let found = Self.ring(terms, current, others, line)
    ring = found.0
    hasDrifted = try found.hasDrifted || !slots.isPublished(found.0, values)
  }

  /// Writes the first key of a ring into a document that has none.
  ///
  /// - Throws: `RotationRefusal`, `EditError` or `SecretError`.
  static func begin(
    _ declaration: KeyDeclaration, with secret: Secret, in document: inout Document, at placement: Placement
  ) throws {
    let terms = Terms(declaration.key, declaration, ".env", now: .now)
    let file = try RingFile(terms, in: document, document.read(.strict))
    let event = RotationEvent(.fill, try OperationID(), fresh: file.key(secret))
    let (ring, _) = try RotationEngine.step(
      file.ring, event, members: nil, policy: terms.policy, now: terms.now)
    try file.write(ring, to: &document, at: placement)
  }

  /// A new key for this ring.
  func key(_ secret: Secret) -> RingKey {
    RingKey(secret, name: terms.name, salt: salt, policy: terms.strength)
  }

  /// Writes a ring in the place of this one: keys and dates, and no other byte.
  ///
  /// - Throws: `RotationRefusal`, `EditError` or `SecretError`; the document may be half changed then.
  func write(_ changed: KeyRing, to document: inout Document, at placement: Placement) throws {
    // A key that signs beside others has to stay accepted when one of them signs.
    if changed.accepted.count > 1 { try slots.expectListable(changed.current) }
    let old = document
    let numbers = NumberedKeys(values.numbers, after: line?.serial)
    try slots.write(changed, to: &document, at: placement, numbers)
    var line = managedLine(of: changed)
    line.serial = numbers.serial
    let text = line.description
    guard text.utf8.count <= ManagedLine.longest else {
      throw RotationRefusal.managedLineTooLong(terms.name, terms.shownPath)
    }
    if let (index, _) = try Self.line(terms, in: document) {
      try document.replaceComment(at: index, with: text)
    } else {
      try document.insertComment(text, above: terms.name)
    }
    guard try isAsMeant(changed, in: document), try isRestSame(old, document)
    else {
      throw RotationRefusal(
        .unreadable, terms.name,
        "the change of \(terms.name) did not read back as meant; nothing was changed; please report this")
    }
  }

  // MARK: The ring

  private static func ring(
    _ terms: Terms, _ current: RingKey, _ others: [RingKey], _ line: ManagedLine?
  ) -> (KeyRing, hasDrifted: Bool) {
    var ring = KeyRing(terms.name, current: current, rotated: line?.rotated)
    ring.generation = line?.generation ?? 0
    ring.operation = line?.operation
    ring.dead = line?.dead ?? []
    var rest = others.filter { key in key.fingerprint.map { !ring.dead.contains($0) } ?? true }
    var hasDrifted = rest.count != others.count
    func take(_ mark: ManagedLine.Mark) -> RingKey? {
      guard let index = rest.firstIndex(where: { $0.fingerprint == mark.fingerprint }) else { return nil }
      return rest.remove(at: index)
    }
    let isOtherCurrent = line?.current.map { $0.fingerprint != current.fingerprint } ?? false
    if !isOtherCurrent, let line {
      if let mark = line.next, let published = mark.time {
        ring.next = take(mark).map { KeyRing.Next(key: $0, published: published) }
        if ring.next == nil { hasDrifted = true }
      }
      for mark in line.previous {
        guard let key = take(mark) else {
          hasDrifted = true
          continue
        }
        ring.previous.append(KeyRing.Previous(key: key, until: mark.time))
      }
      ring.phase = line.phase ?? ring.restingPhase
      if (ring.phase == .staged) != (ring.next != nil), !terms.policy.keepsStandingNext { hasDrifted = true }
      if ring.phase == .steady, !ring.previous.isEmpty { hasDrifted = true }
      if [.promoted, .grace].contains(ring.phase), ring.previous.isEmpty { hasDrifted = true }
    }
    guard isOtherCurrent || hasDrifted || !rest.isEmpty else { return (ring, false) }
    if isOtherCurrent { ring.rotated = nil }
    let until = terms.now + terms.policy.settle + terms.policy.grace
    ring.next = nil
    ring.previous = others.filter { key in key.fingerprint.map { !ring.dead.contains($0) } ?? true }
      .map { KeyRing.Previous(key: $0, until: until) }
    ring.phase = ring.restingPhase
    return (ring, true)
  }

  // MARK: The line

  private func managedLine(of ring: KeyRing) -> ManagedLine {
    var line = ManagedLine(rotated: ring.rotated)
    line.phase = ring.phase
    line.generation = ring.generation
    line.operation = ring.operation
    line.salt = salt
    line.current = ManagedLine.Current(fingerprint: ring.current.fingerprint)
    line.next = ring.next.map { ManagedLine.Mark(fingerprint: $0.key.fingerprint, time: $0.published) }
    line.previous = ring.previous.map { ManagedLine.Mark(fingerprint: $0.key.fingerprint, time: $0.until) }
    line.dead = ring.dead
    line.unknown = self.line?.unknown ?? []
    return line
  }

  /// The managed line among the comments directly above the key, and where it stands.
  private static func line(_ terms: Terms, in document: Document) throws(RotationRefusal) -> (
    Int, ManagedLine
  )? {
    guard let entry = document.lastEntry(for: terms.name) else { return nil }
    var found: (Int, ManagedLine)?
    var index = document.lineIndex(of: entry) - 1
    while index >= 0, document.lines[index].kind == .comment {
      let comment = document.comment(of: document.lines[index], holding: "cfgkit:") ?? ""
      if ManagedLine.isOne(comment) {
        let place = Location(path: terms.shownPath, line: document.lines[index].number, column: 1)
        // Which of two would count is anybody's guess.
        if found != nil { throw .managedLine(terms.name, at: place, "a second one") }
        do {
          found = (index, try ManagedLine(parsing: comment))
        } catch {
          throw .managedLine(terms.name, at: place, error.part)
        }
      }
      index -= 1
    }
    return found
  }

  // MARK: Reading back

  private func isAsMeant(_ meant: KeyRing, in document: Document) throws -> Bool {
    let found = try RingFile(terms, in: document, document.read(.strict)).ring
    func isSame(_ left: [RingKey], _ right: [RingKey]) -> Bool {
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    }
    return isSame(found.accepted, meant.accepted) && found.phase == meant.phase
      && found.generation == meant.generation
      && found.previous.map(\.until) == meant.previous.map(\.until)
  }

  /// Whether every line that has nothing to do with the ring is the same, byte for byte.
  private func isRestSame(_ old: Document, _ new: Document) throws(RotationRefusal) -> Bool {
    let (before, after) = (try rest(of: old), try rest(of: new))
    guard before.count == after.count else { return false }
    return old.withBytes { oldBytes in
      new.withBytes { newBytes in
        zip(before, after).allSatisfy { left, right in
          left.count == right.count
            && zip(left, right).allSatisfy { oldBytes[octet: $0] == newBytes[octet: $1] }
        }
      }
    }
  }

  private func rest(of document: Document) throws(RotationRefusal) -> [Range<Int>] {
    let managed = try Self.line(terms, in: document)?.0
    return document.lines.enumerated().compactMap { index, line in
      if index == managed { return nil }
      if let entry = line.entryIndex, slots.names.contains(document.key(of: document.entries[entry])) {
        return nil
      }
      return line.range
    }
  }
}
