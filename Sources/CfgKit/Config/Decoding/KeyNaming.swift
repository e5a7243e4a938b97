/// How the name of a property becomes the name of a key.
enum KeyNaming {
  /// `databaseURL` → `DATABASE_URL`: an underscore between a lower-case and an upper-case letter, then upper case. What is in
  /// capitals already stays as it is.
  static func key(_ property: String) -> String {
    var name = ""
    var wasLower = false
    for scalar in property.unicodeScalars {
      if wasLower, scalar.properties.isUppercase { name += "_" }
      wasLower = scalar.properties.isLowercase
      name.unicodeScalars.append(scalar)
    }
    return name.uppercased()
  }

  /// A name below another one: `SMTP` and `host` make `SMTP_HOST`.
  static func joined(_ prefix: String, _ property: String) -> String {
    let name = key(property)
    guard !prefix.isEmpty else { return name }
    return prefix.hasSuffix("_") ? prefix + name : "\(prefix)_\(name)"
  }
}
