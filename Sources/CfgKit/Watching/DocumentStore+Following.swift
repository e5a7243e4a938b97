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
    var known = version ?? .absent
    var isSure = version != nil
    while !Task.isCancelled {
      if !isSure {
        do throws(StoreError) {
          let stored = try await StoredDocument(readFrom: self)
          known = stored.version
          tell(.success(stored))
        } catch {}
      }
      do {
        for try await change in watch(after: known) {
          switch change {
          case .document(let document, let version):
            known = version
            tell(.success(StoredDocument(self, document, version)))
          case .removed:
            known = .absent
            tell(.success(StoredDocument(unreadOf: self)))
          case .resync, .stale: continue
          }
        }
      } catch let error as StoreError {
        tell(.failure(ProjectError(error)))
      } catch {}
      // What ends a watch does not pass by itself, but its operator may have it pass.
      guard (try? await Task.sleep(for: interval)) != nil else { return }
      isSure = false
    }
  }
}
