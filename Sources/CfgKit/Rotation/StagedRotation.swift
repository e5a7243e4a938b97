import CfgKitSecrets

/// One verb of `rotate-secret` on a key that is a secret of its own, with labels for its values (`--stages`).
///
/// What may follow what is the engine's to say, as for a document. No dates are kept: a previous key stays until a person says that it
/// goes, or until it is the older of two and a third comes.
package struct StagedRotation: Sendable {
  /// What was done to the labels.
  package struct Change: Sendable {
    /// The keys as they are now.
    package let keys: StagedKeys
    /// That nothing had to be done, in words; nil if something was.
    package let repetition: String?
  }

  private let request: Rotation.Request
  private let key: String
  private let declaration: KeyDeclaration?
  private let stages: any KeyStages

  /// - Throws: `RotationRefusal` for a key that is no secret, or goes with another.
  package init(_ request: Rotation.Request, of key: String, by stages: any KeyStages, in project: Project)
    throws(RotationRefusal)
  {
    try project.expectRotating(key)
    self.request = request
    self.key = key
    declaration = project.schema[key]
    self.stages = stages
  }

  /// Does it, and gives the keys as they are then.
  ///
  /// - Throws: `RotationRefusal`, `StoreError` or `SecretError`. What was done before stays; `.resume` goes on with a next key.
  package func apply() async throws -> Change {
    let found = try await stages.load()
    let salt = try Salt()
    let ring = ring(of: found, salt)
    let kind = request.kind(for: ring, hasDrifted: false)
    guard let kind, let event = try await take(kind, to: ring, salt) else {
      return Change(keys: found, repetition: RotationChange.repetition(of: kind, key, until: nil))
    }
    try await carryOut(event, on: ring)
    return Change(keys: try await stages.load(), repetition: nil)
  }

  private func ringKey(_ secret: Secret, _ salt: Salt) -> RingKey {
    let policy = declaration?.strength.map { StrengthPolicy(minimumBits: $0) } ?? .key
    return RingKey(secret, name: key, salt: salt, policy: policy)
  }

  /// The labels as a ring. Only the oldest previous key is past its date, and none for whoever only goes on with what was begun.
  private func ring(of found: StagedKeys, _ salt: Salt) -> KeyRing {
    let previous = found.previous.enumerated().map { index, secret in
      let mayGo = index == found.previous.count - 1 && request.step != .resume
      return KeyRing.Previous(
        key: ringKey(secret, salt), until: mayGo ? request.now : request.now + .seconds(1))
    }
    var ring = KeyRing(key, current: ringKey(found.current, salt), previous: previous)
    if let next = found.next {
      ring.next = KeyRing.Next(key: ringKey(next, salt), published: request.now)
      ring.phase = .staged
    }
    return ring
  }

  /// Asks the engine; nil if the event changes nothing.
  private func take(_ kind: RotationEvent.Kind, to ring: KeyRing, _ salt: Salt) async throws
    -> RotationEvent?
  {
    let fresh =
      RotationEvent.needsFresh(kind) ? ringKey(try request.newValue(of: declaration), salt) : nil
    let event = RotationEvent(
      kind, try OperationID(), fresh: fresh, grace: request.grace,
      isConfirmed: request.isConfirmed || request.dropsPrevious && kind == .replace)
    // The labels are the list in which the old key stays accepted.
    let policy = RotationPolicy(fallbackKey: key)
    do throws(RotationRefusal) {
      let (_, effects) = try RotationEngine.step(
        ring, event, members: nil, policy: policy, now: request.now)
      return effects.isEmpty ? nil : event
    } catch {
      throw error.onStages
    }
  }

  private func carryOut(_ event: RotationEvent, on ring: KeyRing) async throws {
    switch event.kind {
    case .promote: try await stages.promote()
    case .abort: try await ring.next == nil ? stages.takeBack() : stages.abort()
    case .retire: try await stages.retire(all: request.grace == .zero)
    case .acknowledge, .reconcile: return
    case .fill, .rotate, .replace, .prepare, .compromise:
      guard let fresh = event.fresh else { return }
      // A next key lies in the same place as the one that is in the wrong hands.
      if event.kind == .compromise, ring.next != nil { try await stages.abort() }
      try await stages.prepare(fresh.secret, as: event.operation)
      guard event.kind != .prepare else { return }
      try await stages.promote()
      if [.replace, .compromise].contains(event.kind) { try await stages.retire(all: true) }
    }
  }
}

extension RotationRefusal {
  /// The same where the ways out are about labels, which their commands then say.
  fileprivate var onStages: RotationRefusal {
    let call = "cfgkit rotate-secret \(key) "
    return RotationRefusal(code, key, message.replacing(call, with: call + "--stages "), at: location)
  }
}
