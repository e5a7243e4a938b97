package import CfgKitDotEnv
import CfgKitSecrets

/// Which state of a document is meant, or that there was none.
///
/// A file's is a keyed hash of its bytes. The key is drawn anew in each process, so it says nothing to anybody else and cannot be used
/// to guess at what the document holds. A store that counts its changes gives its own number, and one
/// that names them its own name.
public struct DocumentVersion: Sendable, Hashable {
  private enum Mark: Sendable, Hashable {
    case absent
    case bytes(Fingerprint)
    case revision(Int64)
    case name(String)
  }

  private let mark: Mark

  /// There is no document.
  public static let absent = DocumentVersion(mark: .absent)

  private static let salt = Result { () throws(SecretError) -> Salt in try Salt() }

  /// The version of a document's bytes.
  package init(of document: Document) throws(SecretError) {
    self = try document.withBytes { bytes throws(SecretError) in try DocumentVersion(ofBytes: bytes) }
  }

  /// The version of what some bytes stand for.
  init(ofBytes bytes: borrowing RawSpan) throws(SecretError) {
    mark = .bytes(Fingerprint(of: bytes, name: "", salt: try Self.salt.get()))
  }

  /// The version that a store counted.
  package init(revision: Int64) {
    mark = .revision(revision)
  }

  /// The version that a store named.
  package init(name: String) {
    mark = .name(name)
  }

  private init(mark: Mark) {
    self.mark = mark
  }

  /// The number that a store counted; nil for the versions of files, and for none.
  package var revision: Int64? {
    if case .revision(let number) = mark { number } else { nil }
  }

  /// The name that a store gave; nil for all other versions.
  package var name: String? {
    if case .name(let name) = mark { name } else { nil }
  }
}
