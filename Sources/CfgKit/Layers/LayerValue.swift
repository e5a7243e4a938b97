package import CfgKitSecrets

/// A value as a layer holds it: plain text, or guarded bytes where the key is sensitive.
package enum LayerValue: Sendable {
  case text(String)
  case secret(Secret)

  /// Whether there are no bytes. Empty counts as missing.
  package var isEmpty: Bool {
    switch self {
    case .text(let text): text.isEmpty
    case .secret(let secret): secret.isEmpty
    }
  }

  /// Lends the bytes, UTF-8 where the source was.
  package func withBytes<R, E: Error>(_ body: (borrowing RawSpan) throws(E) -> R) throws(E) -> R {
    switch self {
    case .text(var text):
      // A native UTF-8 string lends its own storage; the span does not outlive the closure.
      let result: Result<R, E> = text.withUTF8 { buffer in
        do throws(E) {
          return .success(try unsafe body(UnsafeRawBufferPointer(buffer).bytes))
        } catch {
          return .failure(error)
        }
      }
      return try result.get()
    case .secret(let secret):
      return try secret.withBytes(body)
    }
  }

  /// Whether both hold the same bytes, compared in constant time.
  package func matches(_ other: LayerValue) throws(SecretError) -> Bool {
    if case .text(let left) = self, case .text(let right) = other { return left == right }
    return try guarded.matches(other.guarded)
  }

  /// The value as guarded bytes; a copy where it was plain text.
  package var guarded: Secret {
    get throws(SecretError) {
      switch self {
      case .text(let text): try Secret(copying: text)
      case .secret(let secret): secret
      }
    }
  }

  /// The text, or nil for a secret.
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}

extension LayerValue: CustomStringConvertible, CustomReflectable {
  /// Always `••••••••`, also for what is no secret: nobody decides that anew where something is printed.
  package var description: String { "••••••••" }
  /// Without children, so that `dump` and mirrors find nothing.
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
