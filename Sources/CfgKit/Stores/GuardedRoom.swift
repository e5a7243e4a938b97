package import CfgKitDotEnv
package import CfgKitSecrets

/// Guarded memory for documents: what is read from a store, what is decoded of it, and what is edited.
final class GuardedRoom: ByteRoom {
  private let pages: GuardedPages

  init(_ byteCount: Int) throws(SecretError) {
    pages = try GuardedPages(byteCount: byteCount)
  }

  var bytes: UnsafeMutableRawBufferPointer { unsafe pages.bytes }

  func seal() { pages.seal() }

  func another(_ byteCount: Int) -> any ByteRoom {
    do { return try GuardedRoom(byteCount) } catch { fatalError(error.message) }
  }
}

extension Document {
  /// A document without bytes; what is added to it goes to guarded memory.
  package static func guarded(limits: Limits = .standard) throws(SecretError) -> Document {
    Document(DocumentStorage(try GuardedRoom(0), byteCount: 0), limits: limits)
  }
}

extension DocumentStorage {
  /// Room for `byteCount` bytes of guarded memory, which `filling` writes to; it returns how many it used.
  package convenience init(
    guarding byteCount: Int, filling: (inout MutableRawSpan) -> Int
  ) throws(SecretError) {
    self.init(try GuardedRoom(byteCount), byteCount: byteCount, filling: filling)
  }
}
