#if Etcd
  package import CfgKit
  import FoundationEssentials

  extension EtcdStore: HistoryStore {
    /// etcd keeps every document until its operator compacts it. When one was written stands with the id of its operation, which is a
    /// revision of the store as well.
    package func past(at version: DocumentVersion?) async throws(StoreError) -> PastDocument? {
      let request = RangeRequest(key: documentKey, revision: version?.revision.map { String($0) })
      let answer = try await gateway.read("kv/range", request, as: RangeAnswer.self)
      guard let pair = answer.kvs?.first, let revision = pair.revision else { return nil }
      return PastDocument(
        try document(pair).0, written: try await time(of: revision),
        before: pair.version == "1" ? nil : DocumentVersion(revision: revision - 1))
    }

    /// The time that was written in one transaction with a document.
    private func time(of revision: Int64) async throws(StoreError) -> RotationTime? {
      let operations = Data("\(prefix)/op/".utf8)
      var end = operations
      end[end.count - 1] += 1
      let request = RangeRequest(
        key: operations, rangeEnd: end, revision: String(revision), minModRevision: String(revision))
      let answer = try await gateway.read("kv/range", request, as: RangeAnswer.self)
      guard let value = answer.kvs?.first?.value else { return nil }
      return RotationTime(parsing: String(decoding: value, as: UTF8.self))
    }
  }
#endif
