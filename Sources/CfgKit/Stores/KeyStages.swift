package import CfgKitSecrets

/// A store in which a key can be a secret of its own, whose next, current and previous values are labels, as AWS Secrets Manager has them.
package protocol StagedStore: DocumentStore {
  /// The labels of the secret that the address names.
  var stages: any KeyStages { get }
}

/// The ring of one key as labels of the versions of a secret: for applications that read the secret from the store themselves.
///
/// Each step may be repeated, and one that another step came before is refused.
package protocol KeyStages: Sendable {
  /// Reads the ring.
  ///
  /// - Throws: `StoreError`; `.notFound` where there is no such secret.
  func load() async throws(StoreError) -> StagedKeys

  /// Publishes the next key.
  func prepare(_ key: Secret, as operation: OperationID) async throws(StoreError)

  /// Lets the next key sign, and keeps the one that signed, and the one before that.
  func promote() async throws(StoreError)

  /// Takes the label from the next key.
  func abort() async throws(StoreError)

  /// Lets the newest previous key sign again, in one change; the one that signed stays accepted.
  func takeBack() async throws(StoreError)

  /// Stops accepting the oldest previous key, or all of them.
  func retire(all: Bool) async throws(StoreError)
}

/// The keys that have a label.
package struct StagedKeys: Sendable {
  /// The key that will sign.
  package let next: Secret?
  /// The key that signs.
  package let current: Secret
  /// The keys that are accepted beside it, the newest first.
  package let previous: [Secret]

  package init(next: Secret?, current: Secret, previous: [Secret]) {
    self.next = next
    self.current = current
    self.previous = previous
  }
}
