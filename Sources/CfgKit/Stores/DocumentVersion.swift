import CfgKitDotEnv
import CfgKitSecrets

/// Which bytes a document had, or that there was none.
///
/// A keyed hash of the bytes. The key is drawn anew in each process, so a version says nothing to anybody else and cannot be
/// used to guess at what the document holds.
public struct DocumentVersion: Sendable, Hashable {
  private let fingerprint: Fingerprint?

  /// There is no document.
  public static let absent = DocumentVersion(fingerprint: nil)

  private static let salt = Result { () throws(SecretError) -> Salt in try Salt() }

  /// The version of a document's bytes.
  init(of document: Document) throws(SecretError) {
    let salt = try Self.salt.get()
    self.init(fingerprint: document.withBytes { Fingerprint(of: $0, name: "", salt: salt) })
  }

  private init(fingerprint: Fingerprint?) {
    self.fingerprint = fingerprint
  }
}
