/// Whether a key that declares nothing holds a secret, by its name (schema.md §5).
package enum Sensitivity {
  private static let words: Set<String> = [
    "SECRET", "SECRETS", "PASSWORD", "PASSWORDS", "PASSWD", "PWD", "TOKEN", "TOKENS", "PRIVATE", "CREDENTIAL",
    "CREDENTIALS", "DSN",
  ]

  /// Whether a word of the name says so, or it ends in KEY but not in PUBLIC_KEY.
  package static func isInferred(fromName key: String) -> Bool {
    let name = key.uppercased()
    let parts = name.split(whereSeparator: { $0 == "_" || $0 == "." || $0 == "-" }).map(String.init)
    if parts.contains(where: words.contains) { return true }
    guard name.hasSuffix("KEY") else { return false }
    return !(name.hasSuffix("PUBLIC_KEY") || name.hasSuffix("PUBLICKEY"))
  }
}
