#if Etcd
  package import CfgKit
  package import CfgKitDotEnv
  package import CfgKitSecrets
  import FoundationEssentials

  /// A document as one secret of AWS Secrets Manager.
  ///
  /// The version of the document is the id of the secret's version that is AWSCURRENT. A change puts a version under a label of its own and
  /// then moves AWSCURRENT to it from the old one, which AWS refuses if another version has it by now: that is the compare-and-swap. The
  /// id of the new version is made of the operation's, so a lost reply can be resolved while the version is AWSCURRENT or AWSPREVIOUS; an operation
  /// that two others followed before it was resolved counts as a conflict.
  ///
  /// A document is in guarded memory as soon as it is decoded. On its way through the network it is in the memory of the HTTP client,
  /// which is not wiped.
  package struct SecretsManagerStore: StagedStore {
    let manager: SecretsManager
    private let address: AWSAddress

    private init(_ manager: SecretsManager) {
      self.manager = manager
      address = manager.address
    }

    /// Lends a store, and closes its connections afterwards.
    ///
    /// - Parameter environment: where the access key and the endpoint are named, as for AWS's own tools.
    /// - Throws: `StoreError` for an access key that is not there, or what `body` threw.
    @discardableResult
    package static func with<R>(
      _ address: AWSAddress, _ environment: EnvironmentBlock = .process,
      _ body: (SecretsManagerStore) async throws -> R
    ) async throws -> R {
      let manager = try SecretsManager(address, environment)
      do {
        let result = try await body(SecretsManagerStore(manager))
        await manager.close()
        return result
      } catch {
        await manager.close()
        throw error
      }
    }

    /// The labels of the secret, where it is one key and no document.
    package var stages: any KeyStages { SecretStages(manager) }

    /// The address.
    package var name: String { address.description }

    /// None: it tells of no change and knows nobody who is alive. It keeps one old document, as AWSPREVIOUS.
    package var capabilities: StoreCapabilities { [] }

    /// Reads the version that is AWSCURRENT.
    ///
    /// - Throws: `StoreError`; `.notADocument` where the secret is one key, which `stages` is for.
    package func load() async throws(StoreError) -> (Document, DocumentVersion) {
      guard
        let found = try await manager.read(
          GetSecretValue(secretID: address.name, versionStage: SecretStage.current), as: SecretVersion.self)
      else { throw .noDocument(at: address.description) }
      let document: Document
      do throws(SecretError) {
        document = try Document(found.content)
      } catch {
        throw StoreError(.memory, place: name, error.message)
      }
      guard !found.content.isOneValue(not: document) else { throw .oneValue(address) }
      return (document, DocumentVersion(name: found.versionID))
    }

    /// Refuses more than one version holds.
    package func expectRoom(for document: Document) throws(StoreError) {
      guard document.byteCount <= AWSLimits.documentBytes else {
        throw .documentTooLarge(for: address.description, limit: AWSLimits.documentBytes)
      }
    }

    /// Puts a version, and moves AWSCURRENT to it.
    package func replace(
      _ new: Document, ifVersion version: DocumentVersion, operation: OperationID
    ) async throws(StoreError) -> Outcome {
      guard let content = SecretContent(new) else {
        throw .unusable(address, "cannot hold a document of a single NUL; push one with keys")
      }
      try expectRoom(for: new)
      let token = Self.token(of: operation, after: version)
      if version == .absent, let outcome = try await create(content, token, operation) { return outcome }
      let found = try await description()
      guard let current = found.version(SecretStage.current) else { return .conflict(.absent) }
      let wasDone = [current, found.version(SecretStage.previous)].contains(token)
      if wasDone { return .committed(DocumentVersion(name: token)) }
      guard DocumentVersion(name: current) == version else {
        return .conflict(DocumentVersion(name: current))
      }
      return try await swap(content, token, from: current, isThere: found.stages?[token] != nil, operation)
    }

    /// Nil if there is a secret of this name.
    private func create(
      _ content: SecretContent, _ token: String, _ operation: OperationID
    ) async throws(StoreError) -> Outcome? {
      switch try await manager.write(CreateSecret(name: address.name, token: token, content: content)) {
      case .answer: return .committed(DocumentVersion(name: token))
      case .refused("ResourceExistsException"): return nil
      case .refused("InvalidRequestException"):
        throw .unusable(address, "is marked to be deleted; restore it first")
      case .refused: throw .unreachable(address, "it does not know this request")
      case .lost: return .unknown(operation)
      }
    }

    private func swap(
      _ content: SecretContent, _ token: String, from old: String, isThere: Bool, _ operation: OperationID
    ) async throws(StoreError) -> Outcome {
      let label = "CFGKIT_\(operation)"
      if !isThere {
        let put = PutSecretValue(secretID: address.name, token: token, stages: [label], content: content)
        switch try await manager.write(put) {
        case .answer: break
        case .refused: throw .unreachable(address, "it did not take the new version")
        case .lost: return .unknown(operation)
        }
      }
      // A token that was used for other bytes is not always refused.
      let isOurs =
        try await manager.read(
          GetSecretValue(secretID: address.name, versionID: token), as: SecretVersion.self)?.content
        == content
      guard isOurs else {
        throw .unusable(address, "has another document under the id of this change; try again")
      }
      let move = UpdateSecretVersionStage(
        secretID: address.name, stage: SecretStage.current, from: old, to: token)
      let reply = try await manager.write(move)
      if case .lost = reply { return .unknown(operation) }
      // Whether it is done decides nothing: AWS drops versions without a label, and takes twenty labels.
      _ = try? await manager.write(
        UpdateSecretVersionStage(secretID: address.name, stage: label, from: token))
      if case .answer = reply { return .committed(DocumentVersion(name: token)) }
      return .conflict(
        try await description().version(SecretStage.current).map { DocumentVersion(name: $0) } ?? .absent)
    }

    /// Which label stands where; no label at all where there is no secret.
    private func description() async throws(StoreError) -> SecretDescription {
      try await manager.read(DescribeSecret(secretID: address.name), as: SecretDescription.self)
        ?? SecretDescription(stages: nil)
    }

    /// The id of the version that an operation puts in the place of another: 32 to 64 characters. An operation that meets a conflict tries
    /// again with other bytes, and AWS takes only one version of an id.
    static func token(of operation: OperationID, after version: DocumentVersion = .absent) -> String {
      let place = SHA256.hex(of: Array("\(operation) \(version.name ?? "")".utf8))
      return "cfgkit-\(operation)-\(place.prefix(16))"
    }
  }

  extension SecretContent {
    /// Text where the bytes are UTF-8. AWS keeps nothing that is empty, so the empty document is a single NUL; nil for a document of a
    /// single NUL, which is none that cfgkit reads.
    init?(_ document: Document) {
      let bytes = document.bytes
      if bytes == [0] { return nil }
      if bytes.isEmpty {
        secretBinary = Data([0])
      } else if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) {
        secretString = text
      } else {
        secretBinary = Data(bytes)
      }
    }
  }

  extension SecretContent {
    /// Whether it is one value, as of a secret that is one key, where it can be read as a document at all: nothing is set in that,
    /// or it is PEM or base64, whose padding reads like the sign behind a key.
    fileprivate func isOneValue(not document: Document) -> Bool {
      guard let text = secretString?.utf8 else { return false }
      if document.entries.isEmpty { return document.lines.contains { $0.kind == .malformed } }
      let isPadded = text.last == UInt8(ascii: "=") && text.count >= 24 && text.count % 4 == 0
      return text.starts(with: "-----BEGIN ".utf8)
        || isPadded && text.prefix { $0 != UInt8(ascii: "=") }.count >= text.count - 2
          && text.dropLast(2).allSatisfy(Self.isBase64Byte)
    }

    private static func isBase64Byte(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
        true
      default: false
      }
    }
  }

  extension Document {
    /// What a version holds, in guarded memory.
    init(_ content: SecretContent) throws(SecretError) {
      var bytes = content.secretBinary ?? Data((content.secretString ?? "").utf8)
      if bytes == Data([0]) { bytes = Data() }
      let storage = try DocumentStorage(guarding: bytes.count) { room in
        for (offset, byte) in bytes.enumerated() {
          room.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        }
        return bytes.count
      }
      self = Document(storage)
    }
  }
#endif
