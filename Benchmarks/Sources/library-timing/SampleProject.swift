import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A project of 50 keys: `.env.schema` with a type for every key, `.env` with a value for most, and environment variables for ten.
struct SampleProject {
  let folder: FilePath

  var environmentFile: FilePath { folder.appending(".env") }

  /// The kinds of keys, how many of each, and one value of each. Secrets are drawn at random.
  private static let kinds: [(name: String, type: String, value: @Sendable () -> String)] =
    Array(
      repeating: ("NUMBER", "@type=number(isInt=true, min=0)", { "\(Int.random(in: 1...99_999))" }), count: 10
    )
    + Array(repeating: ("FLAG", "@type=boolean", { Bool.random() ? "true" : "false" }), count: 6)
    + Array(repeating: ("LEVEL", "@type=enum(debug, info, warning, error)", { "info" }), count: 4)
    + Array(repeating: ("LISTEN", "@type=port", { "8080" }), count: 3)
    + Array(repeating: ("TIMEOUT", "@type=duration", { "30s" }), count: 3)
    + Array(
      repeating: ("TARGET", "@type=url # cfgkit: schemes=https", { "https://api.example.test:8443/v1" }),
      count: 4)
    + Array(
      repeating: (
        "NAME", "@type=string(minLength=3, maxLength=200)", { "a-text-of-some-length-without-any-blanks" }
      ), count: 14)
    + Array(
      repeating: ("HOSTS", "@type=array(string)", { "one.internal,two.internal,three.internal" }), count: 2)
    + Array(
      repeating: (
        "SIGNING_SECRET", "@sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32",
        secret
      ), count: 4)

  @Sendable private static func secret() -> String {
    (0..<32).map { _ in
      let byte = String(UInt8.random(in: .min ... .max), radix: 16)
      return byte.count == 1 ? "0" + byte : byte
    }.joined()
  }

  /// Writes it into a new folder, and sets its variables in this process.
  init() throws {
    var template = Array("/tmp/cfgkit-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    folder = FilePath(platformString: template)
    guard mkdir(folder.appending(".git").string, 0o700) == 0 else { throw Errno(rawValue: errno) }
    var schema = "# A service.\n# @defaultRequired=true @defaultSensitive=false\n# ---\n"
    var values = "# Values.\n"
    for (index, kind) in Self.kinds.enumerated() {
      let key = "\(kind.name)_\(index)"
      schema += "\n# What key \(index) is for.\n# \(kind.type)\n\(key)=\n"
      let value = kind.value()
      values += "\(key)=\(value)\n"
      if index % 5 == 0 { setenv(key, value, 1) }
    }
    try Self.write(schema, to: folder.appending(".env.schema"))
    try Self.write(values, to: environmentFile)
  }

  private static func write(_ text: String, to path: FilePath) throws {
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
  }

  /// Removes the folder.
  func remove() {
    for name in [".env.schema", ".env"] { unlink(folder.appending(name).string) }
    rmdir(folder.appending(".git").string)
    rmdir(folder.string)
  }
}
