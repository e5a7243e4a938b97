import CSodium

/// Bytes that nobody may see by accident: a password, a signing key, a token.
///
/// They live in libsodium's guarded memory: between guard pages, locked where the limit allows, excluded from
/// core dumps, read-only when idle, wiped when the last handle goes. A `Secret` is such a handle: copying it
/// copies no byte. It prints, dumps and interpolates as `••••••••`, has no `==`, no hash and no coding; compare
/// with `matches(_:)`, read with `withBytes(_:)`.
public struct Secret: Sendable {
  /// Nil for the empty secret, which needs no memory.
  private let slot: SecretSlot?

  /// A secret with a copy of `bytes`. The caller's bytes stay where they are, and are the caller's to wipe.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  public init(copying bytes: borrowing RawSpan) throws(SecretError) {
    guard bytes.byteCount > 0 else {
      slot = nil
      return
    }
    let slot = try SecretHeap.shared.takeSlot(capacity: bytes.byteCount)
    slot.fill { room in
      let count = bytes.byteCount
      unsafe room.withUnsafeMutableBytes { target in
        unsafe bytes.withUnsafeBytes { source in unsafe target.copyMemory(from: source) }
      }
      return count
    }
    self.slot = slot
  }

  /// A secret with the UTF-8 of `text`. Meant for tests and prompts: a `String` cannot be wiped, so a secret
  /// should not pass through one.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  public init(copying text: String) throws(SecretError) {
    var text = text
    let made = text.withUTF8 { octets in
      Result { () throws(SecretError) -> Secret in
        try unsafe Secret(copying: UnsafeRawBufferPointer(octets).bytes)
      }
    }
    self = try made.get()
  }

  /// A secret that `filling` writes straight into guarded memory.
  ///
  /// - Parameters:
  ///   - capacity: the room in bytes that `filling` gets; what it does not use is given back.
  ///   - filling: writes to the room and returns how many bytes it used from its start.
  /// - Throws: `.memory` when guarded memory is not to be had, `.filling` with what the closure threw.
  public init<E: Error>(
    capacity: Int, filling: (inout MutableRawSpan) throws(E) -> Int
  ) throws(SecretFillingError<E>) {
    let slot: SecretSlot
    do { slot = try SecretHeap.shared.takeSlot(capacity: capacity) } catch { throw .memory(error) }
    do { try slot.fill(filling) } catch { throw .filling(error) }
    self.slot = slot.byteCount == 0 ? nil : slot
  }

  /// A secret that `filling`, which cannot fail, writes straight into guarded memory.
  ///
  /// - Parameters:
  ///   - capacity: the room in bytes that `filling` gets; what it does not use is given back.
  ///   - filling: writes to the room and returns how many bytes it used from its start.
  /// - Throws: `SecretError` when guarded memory is not to be had.
  public init(capacity: Int, filling: (inout MutableRawSpan) -> Int) throws(SecretError) {
    let slot = try SecretHeap.shared.takeSlot(capacity: capacity)
    slot.fill(filling)
    self.slot = slot.byteCount == 0 ? nil : slot
  }

  /// Runs `body`, which makes many secrets or lets go of them, with fewer calls of the system: their memory is read-only again at its
  /// end.
  package static func changingSeveral<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    try SecretHeap.shared.changingSeveral(body)
  }

  /// How many bytes it holds.
  public var byteCount: Int { slot?.byteCount ?? 0 }

  /// Whether it holds no byte.
  public var isEmpty: Bool { byteCount == 0 }

  /// Lends the bytes, read-only, for the time of `body`. What `body` copies is out of this type's reach.
  public func withBytes<R: ~Copyable, E: Error>(_ body: (borrowing RawSpan) throws(E) -> R) throws(E) -> R {
    guard let slot else { return try unsafe body(UnsafeRawBufferPointer(start: nil, count: 0).bytes) }
    defer { withExtendedLifetime(slot) {} }
    return try unsafe body(slot.bytes.bytes)
  }

  /// Whether both hold the same bytes, in a time that tells neither where they differ nor how long they are:
  /// it compares keyed BLAKE2b hashes of both under a key that is random in each process.
  public func matches(_ other: Secret) -> Bool {
    SecretDigest(of: self).matches(SecretDigest(of: other))
  }

  /// The bytes as text, in ordinary memory that cannot be wiped: the one loud way out.
  ///
  /// Bytes that are not UTF-8 become U+FFFD. Use it only where an interface takes nothing but a `String`.
  public func exposedText() -> String {
    withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) } }
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `••••••••`.
  public var description: String { "••••••••" }
  /// Always `••••••••`.
  public var debugDescription: String { "••••••••" }
  /// Without children, so that `dump` and mirrors find nothing.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
