import CfgKitDotEnv
package import CfgKitSecrets

/// One verb of `rotate-secret`, taken to one or several keys of one document: all of them or none, in one atomic write.
package struct Rotation: Sendable {
  /// The verbs.
  package enum Step: String, Sendable, Hashable, CaseIterable {
    /// One shot: a new key signs now, the old one stays accepted.
    case rotate
    /// A new key is accepted and does not sign yet.
    case prepare
    /// The prepared key signs.
    case promote
    /// Previous keys past their date go.
    case retire
    /// Back: the prepared key goes, or the previous one signs again.
    case abort
    /// The key is in the wrong hands: no old key is accepted any more.
    case compromised
    /// Whatever comes next.
    case resume

    /// The flag with which it is gone on with; a rotation that has begun is resumed.
    var flag: String { "--\(self == .rotate ? Step.resume.rawValue : rawValue)" }
  }

  /// What is asked for.
  package struct Request: Sendable {
    /// The keys.
    package var keys: [String]
    /// The verb.
    package var step: Step
    /// Whether the old key goes at once (`--drop-previous`).
    package var dropsPrevious = false
    /// The overlap instead of the schema's (`--grace`).
    package var grace: Duration?
    /// The new value (`--stdin`); else cfgkit makes one. For one key only.
    package var value: Secret?
    /// Whether the person has agreed that everybody signs in again (`--yes`).
    package var isConfirmed = false
    /// The moment.
    package var now = RotationTime.now

    /// A verb for some keys.
    package init(_ step: Step, of keys: [String]) {
      self.step = step
      self.keys = keys
    }
  }

  /// What is changed: a file, or the document of a store.
  package let store: any DocumentStore
  let request: Request
  let project: Project

  /// Chooses where; see `Project.store(holding:)`.
  ///
  /// - Throws: `RotationRefusal` if there is no key, or the keys are in several files.
  package init(_ request: Request, in project: Project) throws(RotationRefusal) {
    guard let first = request.keys.first else { throw .nothingToRotate() }
    guard let store = project.store(holding: first) else { throw .standardInput(first) }
    for key in request.keys.dropFirst() where project.store(holding: key)?.name != store.name {
      throw .severalFiles(key)
    }
    self.init(request, of: store, in: project)
  }

  /// A rotation in a store that is known.
  package init(_ request: Request, of store: any DocumentStore, in project: Project) {
    self.request = request
    self.project = project
    self.store = store
  }

  /// The keys, in the order of the request.
  package var keys: [String] { request.keys }

  /// The verb.
  package var step: Step { request.step }

  /// The file or the store, as people see it.
  package var shownPath: String { store.name }

  /// What would happen; nothing is written (`--dry-run`).
  ///
  /// - Throws: as `apply`.
  package func plan() async throws -> [RotationChange] {
    var document = try await load().0
    let changes = try change(&document, as: OperationID())
    try store.expectRoom(for: document)
    return changes
  }

  /// What the store holds; where a key may be put into a document that is not there, nothing.
  func load() async throws -> (Document, DocumentVersion) {
    do {
      return try await store.load()
    } catch {
      guard error.code == .notFound, canCreate else { throw error }
      return (try .guarded(), .absent)
    }
  }

  /// Does it, durably.
  ///
  /// - Parameter announce: hears of the changes when all of them are sure to be possible and none is written yet; again if they were
  ///   planned anew because somebody else was faster.
  /// - Returns: what happened to each key, in the order of the request.
  /// - Throws: `RotationRefusal`, `StoreError`, `EditError` or `SecretError`; then nothing is written, unless the store says so.
  package func apply(_ announce: ([RotationChange]) -> Void = { _ in }) async throws -> [RotationChange] {
    let operation = try OperationID()
    return try await store.update(as: operation, createIfAbsent: canCreate) { document in
      let changes = try change(&document, as: operation)
      announce(changes)
      return changes
    }
  }

  /// A file is made only where the schema says that the keys should be there.
  private var canCreate: Bool {
    request.step == .rotate && request.keys.allSatisfy { project.schema[$0] != nil }
  }

  private func change(_ document: inout Document, as operation: OperationID) throws -> [RotationChange] {
    var changes: [RotationChange] = []
    for key in request.keys { changes.append(try change(key, operation, &document)) }
    return changes
  }

  private func change(_ key: String, _ operation: OperationID, _ document: inout Document) throws
    -> RotationChange
  {
    let reading = reading(of: document, environment: project.options.environment)
    let file = try ring(of: key, in: document, reading, now: request.now)
    try project.expectVisible(file.terms, file.keyNames, in: document, reading, writtenTo: shownPath)
    let isEdited = file.hasDrifted || file.repeatsCurrent
    guard let kind = request.kind(for: file.ring, hasDrifted: isEdited) else {
      return unchanged(file, in: document)
    }
    return try take(kind, to: file, members: nil, as: operation, in: &document)
  }

  /// A document, read as the project is.
  func reading(of document: Document, environment: EnvironmentBlock) -> Reading {
    document.read(project.options.isCompatible ? .compatible : .strict, environment: environment)
  }

  /// The ring of a key in a document.
  func ring(of key: String, in document: Document, _ reading: Reading, now: RotationTime) throws -> RingFile {
    try project.expectRotating(key)
    return try RingFile(RingFile.Terms(key, project.schema[key], shownPath, now: now), in: document, reading)
  }

  /// What there is to say of a ring to which nothing is done.
  func unchanged(_ file: RingFile, in document: Document) -> RotationChange {
    RotationChange(of: file, self, project.schema[file.terms.name], nil, [], members: nil, document)
  }

  /// Takes one event to a ring, and writes it into the document that it was read from.
  ///
  /// - Parameter members: who serves with it under a lease; nil where nobody is known.
  func take(
    _ kind: RotationEvent.Kind, to file: RingFile, members: [RotationMember]?, as operation: OperationID,
    in document: inout Document
  ) throws -> RotationChange {
    let terms = file.terms
    let declaration = project.schema[terms.name]
    try project.expectSupport(of: kind, terms)
    if kind == .promote, file.hasDrifted, file.ring.next == nil {
      throw RotationRefusal.driftedStep(terms.name)
    }
    let fresh = RotationEvent.needsFresh(kind) ? file.key(try request.newValue(of: declaration)) : nil
    // Where members are waited for, the next key that stands ready is what signs from now on, and the new one stands ready then.
    let standing =
      kind == .rotate && terms.policy.keepsStandingNext && members == nil && file.ring.next == nil
      ? file.key(try Request.generated(declaration)) : nil
    // Whoever asks for a rotation names the overlap that begins; whoever asks for retirement, the one that ends.
    let grace = kind == .retire && request.step == .rotate ? nil : request.grace
    let event = RotationEvent(
      kind, operation, fresh: fresh, standing: standing, grace: grace,
      isConfirmed: request.isConfirmed || request.dropsPrevious && kind == .replace)
    let (ring, effects) = try RotationEngine.step(
      file.ring, event, members: members, policy: terms.policy, now: terms.now)
    if !effects.isEmpty {
      let placement = SchemaNeighbours(of: document, in: project.schema).placement(of: terms.name)
      try file.write(ring, to: &document, at: placement)
    }
    return RotationChange(of: file, self, declaration, (kind, ring), effects, members: members, document)
  }
}

extension Rotation.Request {
  /// The event that the verb means for a ring; nil if there is nothing to do.
  func kind(for ring: KeyRing, hasDrifted: Bool) -> RotationEvent.Kind? {
    switch step {
    case .rotate: return ring.current.secret.isEmpty ? .fill : dropsPrevious ? .replace : .rotate
    case .prepare: return .prepare
    case .promote: return .promote
    case .abort: return .abort
    case .compromised: return .compromise
    case .retire: return hasDrifted && (grace == nil || ring.previous.isEmpty) ? .reconcile : .retire
    case .resume:
      switch ring.phase {
      case .staged: return .promote
      case .promoted: return .acknowledge
      case .steady: return hasDrifted ? .reconcile : nil
      case .grace:
        if hasDrifted { return .reconcile }
        return ring.previous.contains { ($0.until ?? now) <= now } ? .retire : nil
      }
    }
  }

  /// The value that was given, else one that cfgkit makes.
  ///
  /// - Throws: `RotationRefusal` if it is not of the key's type, or `SecretError`.
  func newValue(of declaration: KeyDeclaration?) throws -> Secret {
    let fresh = try value ?? Self.generated(declaration)
    if let declaration, fresh.withBytes({ declaration.type.problem(with: $0) }) != nil {
      throw RotationRefusal.unfitValue(declaration.key, declaration.type, isMade: value == nil)
    }
    return fresh
  }

  /// A value in the form that the schema asks for.
  static func generated(_ declaration: KeyDeclaration?) throws(SecretError) -> Secret {
    try SecretGenerator().generate(declaration?.generate ?? .standard)
  }
}

extension Project {
  /// Refuses what is no secret, and what goes with another key's ring.
  func expectRotating(_ key: String) throws(RotationRefusal) {
    if let owner = ringOwner(of: key) { throw .partOfRing(key, of: owner) }
    let declaration = schema[key]
    guard isSensitive(key) || declaration?.rotation != nil || declaration?.generate != nil else {
      throw .noSecret(key)
    }
  }
}

extension RingFile.Terms {
  /// What a schema says of a key; nil for one that it does not declare.
  init(_ name: String, _ declaration: KeyDeclaration?, _ shownPath: String, now: RotationTime) {
    self.init(
      name: name, policy: declaration?.rotation ?? RotationPolicy(),
      strength: declaration?.strength.map { StrengthPolicy(minimumBits: $0) } ?? .key, shownPath: shownPath,
      mayBeAbsent: declaration != nil, now: now)
  }
}
