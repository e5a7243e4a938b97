import CfgKitSecrets

/// One verb of `rotate-secret` on a key that is a secret of its own, with labels for its values (`--stages`).
package struct StagedRotation: Sendable {
  private let request: Rotation.Request
  private let key: String
  private let declaration: KeyDeclaration?
  private let stages: any KeyStages

  /// - Throws: `RotationRefusal` for several keys, which are several secrets.
  package init(_ request: Rotation.Request, of stages: any KeyStages, in project: Project)
    throws(RotationRefusal)
  {
    guard let key = request.keys.first, request.keys.count == 1 else { throw .oneSecretAKey() }
    self.request = request
    self.key = key
    declaration = project.schema[key]
    self.stages = stages
  }

  /// Does it, and gives the ring as it is then.
  ///
  /// - Throws: `RotationRefusal`, `StoreError` or `SecretError`. What was done before stays; `.promote` goes on with a next key.
  package func apply() async throws -> StagedKeys {
    let found = try await stages.load()
    switch request.step {
    case .prepare: try await prepare(beside: found)
    case .promote, .resume: try await stages.promote()
    case .abort: try await stages.abort()
    case .retire: try await stages.retire(all: request.grace == .zero)
    case .rotate:
      guard found.next == nil else { throw RotationRefusal.outOfStep(key, .rotate, in: .staged) }
      try await prepare(beside: found)
      try await stages.promote()
      if request.dropsPrevious { try await stages.retire(all: true) }
    case .compromised:
      guard request.isConfirmed else { throw RotationRefusal.unconfirmed(key) }
      // A next key lies in the same place as the one that is in the wrong hands.
      if found.next != nil { try await stages.abort() }
      try await prepare(beside: found)
      try await stages.promote()
      try await stages.retire(all: true)
    }
    return try await stages.load()
  }

  private func prepare(beside found: StagedKeys) async throws {
    let fresh = try request.value ?? SecretGenerator().generate(declaration?.generate ?? .standard)
    let policy = declaration?.strength.map { StrengthPolicy(minimumBits: $0) } ?? .key
    guard RingKey(fresh, name: key, salt: try Salt(), policy: policy).isFit else {
      throw RotationRefusal.weakValue(key)
    }
    for known in [found.current] + found.previous where known.matches(fresh) {
      throw RotationRefusal.reusedValue(key)
    }
    try await stages.prepare(fresh, as: OperationID())
  }
}
