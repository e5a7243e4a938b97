/// Takes off what a format puts around its key.
enum CanonicalForm {
  /// The PKCS #8 head of an Ed25519 seed in base64, as far as it is the same in every key.
  private static let ed25519Head: StaticString = "MC4CAQAwBQYDK2VwBCIEI"
  private static let heads: [StaticString] = ["base64:", "hex:", "0x", "AGE-SECRET-KEY-1", ed25519Head]
  private static let webKeyHead: StaticString = #"{"kty":"oct","k":""#

  /// The part of `bytes` that holds the key.
  static func core(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if bytes.count > 20, unsafe starts(bytes, with: webKeyHead),
      unsafe bytes[bytes.count - 1] == UInt8(ascii: "}")
    {
      return unsafe UnsafeRawBufferPointer(rebasing: bytes[webKeyHead.utf8CodeUnitCount..<bytes.count - 2])
    }
    for head in heads where unsafe starts(bytes, with: head) {
      return unsafe UnsafeRawBufferPointer(rebasing: bytes[head.utf8CodeUnitCount...])
    }
    return unsafe bytes
  }

  private static func starts(_ bytes: UnsafeRawBufferPointer, with head: StaticString) -> Bool {
    let head = unsafe head.octets
    guard bytes.count >= head.count else { return false }
    for index in head.indices where unsafe bytes[index] != head[index] { return false }
    return true
  }
}
