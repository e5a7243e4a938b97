import CfgKitDotEnv

/// Whether a key that declares nothing holds a secret, by its name.
package enum Sensitivity {
  private static let words: [StaticString] = [
    "SECRET", "SECRETS", "PASSWORD", "PASSWORDS", "PASSWD", "PWD", "TOKEN", "TOKENS", "PRIVATE", "CREDENTIAL",
    "CREDENTIALS", "DSN",
  ]

  /// Whether a word of the name says so, or it ends in KEY but not in PUBLIC_KEY.
  package static func isInferred(fromName key: String) -> Bool {
    LayerValue.text(key).withBytes { name in
      var start = 0
      for end in 0...name.byteCount where end == name.byteCount || isSeparator(name[octet: end]) {
        let word = name.extracting(start..<end)
        for known in words where word.equalsIgnoringCase(known) { return true }
        start = end + 1
      }
      return endsIgnoringCase(name, with: "KEY") && !endsIgnoringCase(name, with: "PUBLIC_KEY")
        && !endsIgnoringCase(name, with: "PUBLICKEY")
    }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }

  private static func endsIgnoringCase(_ name: borrowing RawSpan, with capitals: StaticString) -> Bool {
    let start = name.byteCount - capitals.utf8CodeUnitCount
    return start >= 0 && name.extracting(start..<name.byteCount).equalsIgnoringCase(capitals)
  }
}
