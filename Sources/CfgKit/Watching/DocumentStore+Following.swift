extension DocumentStore {
  /// Follows the document until the task is cancelled, through outages, and through what ends a watch.
  ///
  /// - Parameters:
  ///   - version: what is known already; nil if that is not sure, and has to be read.
  ///   - interval: how long to leave a store alone that refused to be read.
  ///   - tell: hears of each document, of none, and of why nobody can know.
  func follow(
    after version: DocumentVersion?, every interval: Duration,
    tell: (Result<StoredDocument, ProjectError>) -> Void
  ) async {
    var known = version
    while !Task.isCancelled {
      do {
        // A watch tells of changes only: what it is to begin with has to be known for sure.
        let start: DocumentVersion
        if let known {
          start = known
        } else {
          let stored = try await StoredDocument(readFrom: self)
          start = stored.version
          tell(.success(stored))
        }
        for try await change in watch(after: start) {
          switch change {
          case .document(let document, let version): tell(.success(StoredDocument(self, document, version)))
          case .removed: tell(.success(StoredDocument(unreadOf: self)))
          case .resync, .stale: continue
          }
        }
      } catch let error as StoreError {
        if !error.code.mayPass { tell(.failure(ProjectError(error))) }
      } catch {}
      // What ends a watch does not pass by itself, but its operator may have it pass.
      guard (try? await Task.sleep(for: interval)) != nil else { return }
      known = nil
    }
  }
}
