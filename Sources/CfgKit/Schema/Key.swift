/// The declaration of a key in Swift, which makes its reads typed.
///
///     static let port = Key("PORT", .port, default: 8080, "Where the server listens.")
///     static let redis = Key("REDIS_URL", optional: .url("redis", "rediss"), "Needed by the redis store.").sensitive()
///
/// `config[App.port]` is a `UInt16` and never nil, since a `Config` exists only if every required key has a valid value;
/// `config[App.redis]` is a `ConfigURL?`. A key belongs in a `Schema`.
public struct Key<Value: Sendable>: Sendable {
  /// One object, so that handing a key around costs one reference.
  final class Content: Sendable {
    let declaration: KeyDeclaration
    let hash: UInt64
    let type: KeyType<Value>
    /// What cannot be said of one key, each as a sentence behind its name.
    let problems: [String]
    /// Whether it is no secret, though its name sounds like one.
    let isPublic: Bool

    init(_ declaration: KeyDeclaration, _ type: KeyType<Value>, problems: [String], isPublic: Bool = false) {
      self.declaration = declaration
      self.type = type
      self.problems = problems
      self.isPublic = isPublic
      hash = CheckedValues.hash(of: declaration.key)
    }
  }

  let content: Content

  /// The name, as `.env` files and the environment have it.
  public var name: String { content.declaration.key }
  /// What a schema says of it.
  public var declaration: KeyDeclaration { content.declaration }

  /// A required key.
  ///
  /// - Parameters:
  ///   - name: the name, `A-Za-z0-9_.-`.
  ///   - type: what the value must be.
  ///   - summary: what it is for, in a sentence.
  public init(_ name: String, _ type: KeyType<Value>, _ summary: String = "") {
    self.init(name, type, summary, requirement: .always)
  }

  /// A key with a default, which stands in the committed schema.
  ///
  /// - Parameters:
  ///   - name: the name, `A-Za-z0-9_.-`.
  ///   - type: what the value must be.
  ///   - default: the value where no other layer has one. One that has no text, such as an empty list, makes the schema invalid.
  ///   - summary: what it is for, in a sentence.
  public init(_ name: String, _ type: KeyType<Value>, default: Value, _ summary: String = "") {
    self.init(name, type, summary, requirement: .always, defaultText: .some(type.text(`default`)))
  }

  /// A key that may be unset, and is nil then.
  ///
  /// - Parameters:
  ///   - name: the name, `A-Za-z0-9_.-`.
  ///   - type: what the value must be, if there is one.
  ///   - summary: what it is for, in a sentence.
  public init<Wrapped>(_ name: String, optional type: KeyType<Wrapped>, _ summary: String = "")
  where Value == Wrapped? {
    self.init(name, type.optional(), summary, requirement: .never)
  }

  /// A URL with a default, which stands in the committed schema and so has no password.
  public init(_ name: String, _ type: KeyType<ConfigURL>, default: String, _ summary: String = "")
  where Value == ConfigURL {
    self.init(name, type, summary, requirement: .always, defaultText: .some(`default`))
  }

  /// Does not compile: a default stands in a committed file.
  @available(*, unavailable, message: "a secret has no default: the schema is committed")
  public init<Default>(_ name: String, _ type: KeyType<Secret>, default: Default, _ summary: String = "")
  where Value == Secret {
    preconditionFailure("a secret has no default")
  }

  /// Does not compile: a key that may be unset has no default.
  @available(*, unavailable, message: "a key with a default is never nil: leave out optional:")
  public init<Wrapped, Default>(
    _ name: String, optional type: KeyType<Wrapped>, default: Default, _ summary: String = ""
  ) where Value == Wrapped? {
    preconditionFailure("a key with a default is never nil")
  }

  private init(
    _ name: String, _ type: KeyType<Value>, _ summary: String, requirement: Condition,
    defaultText: String?? = nil
  ) {
    var declaration = KeyDeclaration(name, type: type.type)
    declaration.requirement = requirement
    declaration.isSensitive = type.isSensitive
    declaration.strength = type.strength
    // A description is one text, over however many lines it is written.
    declaration.summary = summary.split(whereSeparator: \.isNewline).map { line in
      String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }.joined(separator: " ")
    var problems: [String] = []
    if let defaultText {
      declaration.defaultText = defaultText
      if defaultText == nil { problems.append("has a default that cannot be written as text") }
    }
    content = Content(declaration, type, problems: problems)
  }

  /// The same key with a changed declaration.
  func changing(
    _ problem: String? = nil, isPublic: Bool? = nil, _ change: (inout KeyDeclaration) -> Void = { _ in }
  ) -> Key {
    var declaration = content.declaration
    change(&declaration)
    let problems = content.problems + [problem].compactMap(\.self)
    return Key(
      content: Content(declaration, content.type, problems: problems, isPublic: isPublic ?? content.isPublic))
  }

  private init(content: Content) { self.content = content }
}

extension Key: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
