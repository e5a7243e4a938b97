extension DocumentStore {
  /// Follows the document until the task is cancelled, through outages, and through what ends a watch.
  ///
  /// - Parameters:
  ///   - version: what is known already.
  ///   - interval: how long to leave a store alone that refused to be read.
  ///   - tell: hears of each document, of none, and of why nobody can know.
  func follow(
    after version: DocumentVersion, every interval: Duration,
    tell: (Result<StoredDocument, ProjectError>) -> Void
  ) async {
    var known = version
    while !Task.isCancelled {
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
      do throws(StoreError) {
        let stored = try await StoredDocument(readFrom: self)
        known = stored.version
        tell(.success(stored))
      } catch {}
    }
  }
}
