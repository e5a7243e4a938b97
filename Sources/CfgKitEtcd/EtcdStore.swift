#if Etcd
  import AsyncHTTPClient
  package import CfgKit
  package import CfgKitDotEnv
  package import CfgKitSecrets
  import FoundationEssentials
  import NIOCore
  import Synchronization

  /// A document in etcd, through its JSON gateway.
  ///
  /// The version of the document is the revision at which etcd last changed it. A change and the id of its operation are written in one
  /// transaction, so that a lost reply can be resolved: an id that is found says that the change was made.
  ///
  /// A document is in guarded memory as soon as it is decoded. On its way through the network it is in the memory of the HTTP client,
  /// which is not wiped.
  package struct EtcdStore: DocumentStore {
    /// For how long the id of an operation is kept.
    private static let operationLife = 86_400

    let gateway: EtcdGateway
    private let highest = HighestRevision()
    let address: EtcdAddress
    let documentKey: Data
    package let leaseLife: Duration

    private init(_ address: EtcdAddress, _ gateway: EtcdGateway, _ leaseLife: Duration) {
      self.address = address
      self.gateway = gateway
      self.leaseLife = leaseLife
      documentKey = Data("\(address.prefix)/document".utf8)
    }

    /// Lends a store, and closes its connections afterwards.
    ///
    /// - Parameter leaseLife: in whole seconds; etcd gives no lease below about two.
    /// - Throws: `StoreError` for files of certificates that cannot be read, or what `body` threw.
    @discardableResult
    package static func with<R>(
      _ address: EtcdAddress, _ security: StoreSecurity = StoreSecurity(), leaseLife: Duration = .seconds(15),
      _ body: (EtcdStore) async throws -> R
    ) async throws -> R {
      let gateway = try EtcdGateway(address, security)
      do {
        let result = try await body(EtcdStore(address, gateway, leaseLife))
        await gateway.close()
        return result
      } catch {
        await gateway.close()
        throw error
      }
    }

    /// What all of its keys begin with.
    var prefix: String { address.prefix }

    /// The address.
    package var name: String { address.description }

    /// It tells of changes, has leases, and keeps old documents until they are compacted.
    package var capabilities: StoreCapabilities { [.pushes, .leases, .history] }

    /// Reads the document as a majority of the servers has it.
    package func load() async throws(StoreError) -> (Document, DocumentVersion) {
      let (found, _) = try await loadIfPresent()
      guard let found else { throw .noDocument(at: address.description) }
      return found
    }

    /// Refuses what etcd would not take, or only just.
    package func expectRoom(for document: Document) throws(StoreError) {
      guard document.byteCount <= EtcdLimits.documentBytes else {
        throw .documentTooLarge(for: address.description, limit: EtcdLimits.documentBytes)
      }
    }

    /// Swaps the document in one transaction with the id of the operation.
    package func replace(
      _ new: Document, ifVersion version: DocumentVersion, operation: OperationID
    ) async throws(StoreError) -> Outcome {
      try expectRoom(for: new)
      guard let expected = version == .absent ? 0 : version.revision else {
        throw .unreachable(address, "the version is none of its own")
      }
      let operationKey = Data("\(address.prefix)/op/\(operation)".utf8)
      let lease = try await grantLease(for: operation)
      let request = TransactionRequest(
        compare: [
          .init(documentKey, changedAt: expected),
          // A document that was removed meanwhile must not come back by a request that is sent again.
          .init(operationKey, changedAt: 0),
        ],
        success: [
          .put(key: documentKey, value: Data(new.bytes), lease: nil),
          .put(key: operationKey, value: Data(RotationTime.now.description.utf8), lease: lease),
        ],
        failure: [.range(key: documentKey), .range(key: operationKey)])
      let newest = highest.current
      switch try await gateway.write("kv/txn", request, as: TransactionAnswer.self) {
      case .lost, .noLease: return .unknown(operation)
      case .answer(let answer):
        guard let revision = answer.header?.number else { return .unknown(operation) }
        if answer.succeeded == true {
          highest.rise(to: revision)
          return .committed(DocumentVersion(revision: revision))
        }
        try admit(revision, after: newest)
        guard let steps = answer.responses, steps.count == 2 else { return .unknown(operation) }
        if let written = steps[1].responseRange?.kvs?.first?.revision {
          return .committed(DocumentVersion(revision: written))
        }
        let found = steps[0].responseRange?.kvs?.first?.revision
        return .conflict(found.map { DocumentVersion(revision: $0) } ?? .absent)
      }
    }

    /// The document, if there is one, and the revision of the whole store when it was read.
    func loadIfPresent() async throws(StoreError) -> (found: (Document, DocumentVersion)?, revision: Int64) {
      let newest = highest.current
      let answer = try await gateway.read("kv/range", RangeRequest(key: documentKey), as: RangeAnswer.self)
      guard let revision = answer.header?.number else {
        throw .unreachable(address, "what answers is no etcd")
      }
      try admit(revision, after: newest)
      return (try answer.kvs?.first.map(document), revision)
    }

    /// The document in a key's value, in guarded memory.
    func document(_ pair: KeyValue) throws(StoreError) -> (Document, DocumentVersion) {
      guard let revision = pair.revision else { throw .unreachable(address, "what answers is no etcd") }
      let value = pair.value ?? Data()
      do throws(SecretError) {
        let storage = try DocumentStorage(guarding: value.count) { room in
          for (offset, byte) in value.enumerated() {
            room.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
          }
          return value.count
        }
        return (Document(storage), DocumentVersion(revision: revision))
      } catch {
        throw StoreError(.memory, place: name, error.message)
      }
    }

    /// A watch on the document from a revision on.
    func openWatch(from revision: Int64) async throws -> HTTPClientResponse.Body {
      let request = WatchRequest(createRequest: .init(key: documentKey, startRevision: String(revision)))
      return try await gateway.stream("watch", request, for: .seconds(30))
    }

    /// Refuses an answer that is older than what was known when it was asked for: its server forgot something.
    func admit(_ revision: Int64, after newest: Int64) throws(StoreError) {
      guard revision >= newest else { throw .outdated(address) }
      highest.rise(to: revision)
    }

    /// Time for the id of an operation. The lease has the operation's own number, so that the same request is the same again.
    private func grantLease(for operation: OperationID) async throws(StoreError) -> Int64 {
      try await grantLease(for: operation, seconds: Self.operationLife)
    }

    /// A lease whose number is that of an operation.
    func grantLease(for operation: OperationID, seconds: Int) async throws(StoreError) -> Int64 {
      let number = Int64((UInt64(operation.description, radix: 16) ?? 0) >> 1) | 1
      let request = LeaseRequest(TTL: String(seconds), ID: String(number))
      // Granting twice does no harm.
      _ = try await write("lease/grant", request, as: PlainAnswer.self)
      return number
    }

    /// Asks for a change that does no harm when it is done twice; nil if it names a lease that has run out.
    func write<Answer: Decodable & Sendable>(
      _ path: String, _ request: some Encodable, as type: Answer.Type
    ) async throws(StoreError) -> Answer? {
      for _ in 0..<3 {
        switch try await gateway.write(path, request, as: type) {
        case .answer(let answer): return answer
        case .noLease: return nil
        case .lost: continue
        }
      }
      throw .unreachable(address, "no answer came in time")
    }

    /// The newest state that was seen; what is asked afterwards must not be answered with an older one.
    var newestSeen: Int64 { highest.current }
  }

  /// The newest state of a store that was seen. What is asked afterwards must not be answered with an older one.
  private final class HighestRevision: Sendable {
    private let value = Mutex<Int64>(0)

    var current: Int64 { value.withLock(\.self) }

    func rise(to revision: Int64) {
      value.withLock { $0 = max($0, revision) }
    }
  }
#endif
