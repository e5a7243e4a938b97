import Testing

/// What must not compile, with what the compiler says of it. The first lines of each snippet are the same.
@Suite struct RefusalTests {
  private static let head = """
    import CfgKit
    enum Store: String, CaseIterable { case memory, redis }
    let store = Key("SESSION_STORE", .oneOf(Store.self), default: .memory)
    func use(_ secret: Secret, _ other: Secret, _ url: ConfigURL, _ config: Config) throws {

    """

  private func diagnostics(_ lines: String) throws -> String {
    try Snippet(text: Self.head + lines + "\n}\n").diagnostics()
  }

  @Test func whatTheRestIsHeldAgainstCompiles() throws {
    #expect(
      try diagnostics(
        """
          let key = Key("K", .secret(strength: 128)).rotates(everyDays: 90).distinct()
          let redis = Key("R", optional: .url("redis")).sensitive().required(when: .equals(store, .redis))
          _ = (config[key].matches(secret), config[redis]?.host, "\\(secret) \\(url)")
        """) == "")
  }

  @Test(arguments: [
    (
      #"_ = Key("S", .secret(strength: 128), default: "x")"#,
      "a secret has no default: the schema is committed"
    ),
    (
      #"_ = Key("P", optional: .port, default: 80)"#, "a key with a default is never nil: leave out optional:"
    ),
    (
      #"_ = Key("P", .port).required(when: .equals(store, .redis))"#,
      "only a key that may be unset is required on a condition"
    ),
    (#"_ = Key("T", .string).sensitive()"#, "only a Secret keeps a value from being shown"),
    (
      #"_ = Key("N", .int, default: "five")"#,
      "cannot convert value of type 'String' to expected argument type 'Int'"
    ),
    (
      #"_ = Key("S", .oneOf(Store.self), default: .disk)"#,
      "cannot infer contextual base in reference to member 'disk'"
    ),
    (#"_ = Key("T", .string).rotates(everyDays: 1)"#, "requires"),
    (#"_ = Condition.equals(store, .disk)"#, "has no member 'disk'"),
    ("let port: Int = config[store]", "Int"),
    ("_ = secret == other", "compare secrets with matches(_:), which takes the same time for all"),
    ("_ = secret != other", "compare secrets with matches(_:), which takes the same time for all"),
    ("_ = Set([secret])", "'Secret' conform to 'Hashable'"),
    ("struct Body: Encodable { var key: Secret }", "does not conform to protocol 'Encodable'"),
    ("struct Body: Codable { var url: ConfigURL }", "does not conform to protocol 'Encodable'"),
    ("struct Body: Equatable { var key: Secret }", "does not conform to protocol 'Equatable'"),
    ("struct Body: Hashable { var url: ConfigURL }", "does not conform to protocol 'Hashable'"),
    ("let text: String = secret", "cannot convert value of type 'Secret' to specified type 'String'"),
    ("let bytes = Array(secret)", "conform to 'Sequence'"),
    ("let kept: RawSpan = secret.withBytes { $0 }", "requires that 'RawSpan' conform to 'Escapable'"),
  ])
  func thisDoesNotCompile(_ line: String, _ reason: String) throws {
    let diagnostics = try diagnostics(line)
    #expect(diagnostics.contains("error: "))
    #expect(diagnostics.contains(reason))
  }
}
