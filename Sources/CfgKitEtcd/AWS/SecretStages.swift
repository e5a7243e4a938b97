#if Etcd
  package import CfgKit
  package import CfgKitSecrets
  import FoundationEssentials

  /// The ring of one secret that applications read from AWS by itself, as the labels of its versions: AWSPENDING is the next key,
  /// AWSCURRENT signs, AWSPREVIOUS and `CFGKIT_PREVIOUS_2` are still accepted.
  ///
  /// Each step is safe to repeat under the same operation, and one that another step came before is refused.
  package struct SecretStages: KeyStages {
    private static let older = "CFGKIT_PREVIOUS_2"

    private let manager: SecretsManager
    private let address: AWSAddress

    init(_ manager: SecretsManager) {
      self.manager = manager
      address = manager.address
    }

    /// Reads the ring.
    ///
    /// - Throws: `StoreError`; `.notFound` where there is no such secret.
    package func load() async throws(StoreError) -> StagedKeys {
      guard let current = try await version(SecretStage.current) else {
        throw .noDocument(at: address.description)
      }
      // A step that was interrupted leaves a second label on a version.
      var labelled: Set = [current.versionID]
      func secret(_ stage: String) async throws(StoreError) -> Secret? {
        guard let found = try await version(stage), labelled.insert(found.versionID).inserted else {
          return nil
        }
        return try key(found)
      }
      let next = try await secret(SecretStage.pending)
      let previous = [try await secret(SecretStage.previous), try await secret(Self.older)]
      return StagedKeys(next: next, current: try key(current), previous: previous.compactMap(\.self))
    }

    /// Publishes the next key, and reads back that it is this one: AWS gives the label to whoever asks last.
    ///
    /// - Throws: `StoreError`; `.changed` where somebody else published another one.
    package func prepare(_ key: Secret, as operation: OperationID) async throws(StoreError) {
      let token = SecretsManagerStore.token(of: operation)
      let found = try await stages()
      let free = [nil, token, found.version(SecretStage.current)]
      guard free.contains(found.version(SecretStage.pending)) else {
        throw .unusable(address, "was given another next key meanwhile; look at it and try again")
      }
      if found.stages?[token] == nil {
        try await done(
          PutSecretValue(
            secretID: address.name, token: token, stages: [SecretStage.pending],
            content: SecretContent(secretString: key.exposedText())))
      }
      guard try await version(SecretStage.pending)?.versionID == token else {
        throw .unusable(address, "was given another next key at the same time; look at it and try again")
      }
    }

    /// Lets the next key sign, and keeps the one that signed, and the one before that.
    ///
    /// - Throws: `StoreError`; `.changed` where there is no next key.
    package func promote() async throws(StoreError) {
      let found = try await stages()
      guard let next = found.version(SecretStage.pending),
        let current = found.version(SecretStage.current)
      else { throw .unusable(address, "has no next key any more; look at it and try again") }
      if next != current {
        // AWS moves AWSPREVIOUS by itself, and the key that had it would be gone.
        if let previous = found.version(SecretStage.previous) {
          try await move(Self.older, from: found.version(Self.older), to: previous)
        }
        try await move(SecretStage.current, from: current, to: next)
      }
      try await move(SecretStage.pending, from: next, to: nil)
    }

    /// Takes the label from the next key; nothing happens if there is none.
    package func abort() async throws(StoreError) {
      if let next = try await stages().version(SecretStage.pending) {
        try await move(SecretStage.pending, from: next, to: nil)
      }
    }

    /// Lets the newest previous key sign again. AWS moves AWSPREVIOUS to the one that signed, in the same change.
    ///
    /// - Throws: `StoreError`; `.changed` where there is no previous key.
    package func takeBack() async throws(StoreError) {
      let found = try await stages()
      let older = found.version(Self.older)
      guard let current = found.version(SecretStage.current),
        let back = found.version(SecretStage.previous) ?? older
      else { throw .unusable(address, "has no previous key any more; look at it and try again") }
      // Else the key that stops signing would be the next one again.
      if found.version(SecretStage.pending) == current {
        try await move(SecretStage.pending, from: current, to: nil)
      }
      try await move(SecretStage.current, from: current, to: back)
      if back == older { try await move(Self.older, from: back, to: nil) }
    }

    /// Stops accepting the oldest previous key, or all of them.
    package func retire(all: Bool) async throws(StoreError) {
      let found = try await stages()
      let older = found.version(Self.older)
      if let older { try await move(Self.older, from: older, to: nil) }
      if all || older == nil, let previous = found.version(SecretStage.previous) {
        try await move(SecretStage.previous, from: previous, to: nil)
      }
    }

    private func stages() async throws(StoreError) -> SecretDescription {
      guard
        let found = try await manager.read(
          DescribeSecret(secretID: address.name), as: SecretDescription.self)
      else { throw .noDocument(at: address.description) }
      return found
    }

    private func version(_ stage: String) async throws(StoreError) -> SecretVersion? {
      // Always by a label: AWS may answer a question without one with a version that is not meant.
      try await manager.read(
        GetSecretValue(secretID: address.name, versionStage: stage), as: SecretVersion.self)
    }

    private func key(_ version: SecretVersion) throws(StoreError) -> Secret {
      let content = version.content
      do throws(SecretError) {
        let bytes = content.secretBinary ?? Data((content.secretString ?? "").utf8)
        return try Secret(capacity: bytes.count) { room in
          for (offset, byte) in bytes.enumerated() {
            room.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
          }
          return bytes.count
        }
      } catch {
        throw StoreError(.memory, place: address.description, error.message)
      }
    }

    private func move(_ stage: String, from old: String?, to new: String?) async throws(StoreError) {
      guard old != new else { return }
      try await done(UpdateSecretVersionStage(secretID: address.name, stage: stage, from: old, to: new))
    }

    private func done(_ request: some Encodable & Sendable) async throws(StoreError) {
      switch try await manager.write(request) {
      case .answer: return
      case .refused:
        throw .unusable(address, "was changed by somebody else meanwhile; look at it and try again")
      case .lost: throw .unreachable(address, "no answer came in time; the same step may be repeated")
      }
    }
  }
#endif
