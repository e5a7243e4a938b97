#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitEtcd
  import CfgKitSecrets

  /// A store whose changes come late: each at a random time below a limit.
  struct LateStore: MemberStore {
    private let inner: EtcdStore
    /// Milliseconds; 0 for at once.
    private let limit: Int

    init(_ inner: EtcdStore, upTo limit: Int) {
      self.inner = inner
      self.limit = limit
    }

    var name: String { inner.name }
    var capabilities: StoreCapabilities { inner.capabilities }
    var leaseLife: Duration { inner.leaseLife }

    func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error> {
      guard limit > 0 else { return inner.watch(after: version) }
      return AsyncThrowingStream { continuation in
        let task = Task {
          do {
            for try await change in inner.watch(after: version) {
              try await Task.sleep(for: .milliseconds(Int.random(in: min(20, limit)...limit)))
              continuation.yield(change)
            }
            continuation.finish()
          } catch {
            continuation.finish(throwing: error)
          }
        }
        continuation.onTermination = { _ in task.cancel() }
      }
    }

    func load() async throws(StoreError) -> (Document, DocumentVersion) { try await inner.load() }

    func replace(_ new: Document, ifVersion version: DocumentVersion, operation: OperationID)
      async throws(StoreError) -> Outcome
    { try await inner.replace(new, ifVersion: version, operation: operation) }

    func join(_ claim: MemberClaim) async throws(StoreError) -> JoinOutcome { try await inner.join(claim) }

    func rejoin(_ place: MemberPlace, _ said: Acknowledgement) async throws(StoreError) -> MemberOutcome {
      try await inner.rejoin(place, said)
    }

    func renew(_ place: MemberPlace) async throws(StoreError) -> MemberOutcome {
      try await inner.renew(place)
    }

    func acknowledge(_ said: Acknowledgement, as place: MemberPlace) async throws(StoreError) -> MemberOutcome
    {
      try await inner.acknowledge(said, as: place)
    }

    func leave(_ place: MemberPlace) async throws(StoreError) { try await inner.leave(place) }

    func takeSlot(of count: Int, as place: MemberPlace) async throws(StoreError) -> Bool {
      try await inner.takeSlot(of: count, as: place)
    }

    func freeSlots(as place: MemberPlace) async throws(StoreError) {
      try await inner.freeSlots(as: place)
    }

    func members() async throws(StoreError) -> Roster { try await inner.members() }

    func forget(_ name: MemberName) async throws(StoreError) -> Bool { try await inner.forget(name) }
  }
#endif
