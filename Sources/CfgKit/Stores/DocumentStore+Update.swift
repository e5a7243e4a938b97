package import CfgKitDotEnv
package import CfgKitSecrets

extension DocumentStore {
  /// Gives up after five conflicts.
  @discardableResult
  package func update<R>(
    as operation: OperationID, createIfAbsent: Bool = false, _ edit: (inout Document) throws -> R
  ) async throws -> R {
    try await update(as: operation, createIfAbsent: createIfAbsent, attempts: 5, edit)
  }

  /// By a compare-and-swap of what was read.
  @discardableResult
  package func update<R>(
    as operation: OperationID, createIfAbsent: Bool, attempts: Int, _ edit: (inout Document) throws -> R
  ) async throws -> R {
    for _ in 0..<attempts {
      let (old, version) = try await loadOrBegin(createIfAbsent: createIfAbsent)
      var document = old
      let result = try edit(&document)
      if try hash(of: document) == hash(of: old) { return result }
      switch try await replaceAndResolve(document, ifVersion: version, operation) {
      case .committed: return result
      case .conflict: continue
      case .unknown: throw StoreError.unresolved(name)
      }
    }
    throw StoreError.busy(name)
  }

  /// Replaces, and sends the same again while the replies are lost.
  func replaceAndResolve(
    _ document: Document, ifVersion version: DocumentVersion, _ operation: OperationID
  ) async throws -> Outcome {
    var outcome = try await replace(document, ifVersion: version, operation: operation)
    var pause = Duration.milliseconds(100)
    for _ in 0..<5 {
      guard case .unknown = outcome else { break }
      try await Task.sleep(for: pause)
      pause *= 2
      do throws(StoreError) {
        outcome = try await replace(document, ifVersion: version, operation: operation)
      } catch {
        // That it is away now says nothing about what it did before.
        guard error.code == .unreachable else { throw error }
      }
    }
    return outcome
  }

  private func loadOrBegin(createIfAbsent: Bool) async throws -> (Document, DocumentVersion) {
    do throws(StoreError) {
      return try await load()
    } catch {
      guard error.code == .notFound, createIfAbsent else { throw error }
      return (try .guarded(), .absent)
    }
  }

  private func hash(of document: Document) throws(StoreError) -> DocumentVersion {
    do { return try DocumentVersion(of: document) } catch { throw .memory(at: name, error) }
  }
}
