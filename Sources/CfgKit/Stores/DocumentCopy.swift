package import CfgKitDotEnv
import CfgKitSecrets

/// A document that is put into another store as it is: a file into a remote one (`push`), or back (`pull`).
package struct DocumentCopy: Sendable {
  /// What becomes of the target.
  package enum Effect: String, Sendable {
    /// There was none.
    case created
    /// There was another one.
    case replaced
    /// It held these bytes already.
    case unchanged
  }

  /// The target held another document, and nobody said that it may go. Nothing was written.
  package struct Occupied: Error, Sendable {}

  /// What is copied.
  package let document: Document
  /// Where to.
  package let target: any DocumentStore
  /// Whether another document may be replaced.
  package let replaces: Bool
  /// Whose rings must stay safe: no dead key comes back, and no rotation is cut through; nil for none.
  private let project: Project?

  /// A document, and where it goes.
  package init(
    _ document: Document, to target: any DocumentStore, replaces: Bool, keepingRingsOf project: Project? = nil
  ) {
    self.document = document
    self.target = target
    self.replaces = replaces
    self.project = project
  }

  /// What would happen; nothing is written.
  ///
  /// - Throws: as `apply`.
  package func plan() async throws -> Effect {
    let effect = try effect(on: try await StoredDocument(readFrom: target).document)
    if effect != .unchanged { try target.expectRoom(for: document) }
    return effect
  }

  /// Does it.
  ///
  /// - Throws: `Occupied`, `RotationRefusal`, or `StoreError`; then nothing is written, unless the store says so.
  package func apply() async throws -> Effect {
    let isThere = try await StoredDocument(readFrom: target).document != nil
    return try await target.update(as: OperationID(), createIfAbsent: true) { found in
      // One that somebody put there meanwhile is not empty.
      let effect = try effect(on: isThere || found.byteCount > 0 ? found : nil)
      found = document
      return effect
    }
  }

  private func effect(on found: Document?) throws -> Effect {
    guard let found else { return .created }
    if found.hasSameBytes(as: document) { return .unchanged }
    guard replaces else { throw Occupied() }
    try project?.expectSafeRings(of: document, after: found)
    return .replaced
  }
}
