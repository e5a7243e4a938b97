public import CfgKitSecrets

// MARK: By declaration

extension Config {
  /// The value of a key of the schema that this configuration was loaded by. Stops the program for any other key.
  public subscript<Value>(key: Key<Value>) -> Value {
    guard let checked = value(key.content.hash, key.name), let value = key.content.type.read(checked) else {
      // A precondition would say nothing in a release build.
      fatalError(
        "\(key.name) is not declared like this in the schema of the Config that it is read from")
    }
    return value
  }

  /// Where a key's value came from, or nil if it has none.
  public func origin<Value>(of key: Key<Value>) -> Origin? { origin(of: key.name) }

  /// The keys of a rotating secret: one that signs, and all that are accepted.
  public func keyRing(_ key: Key<Secret>) -> KeyRing {
    if let ring = ring(of: key.name) { return ring }
    let secret = self[key]
    return KeyRing(current: secret, accepted: [secret])
  }

  /// The keys of a rotating secret that may be unset; nil then.
  public func keyRing(_ key: Key<Secret?>) -> KeyRing? {
    ring(of: key.name) ?? self[key].map { KeyRing(current: $0, accepted: [$0]) }
  }

  /// What `cfgkit explain` says of a key: every layer with its place, and why each loser lost. No value.
  public func explain<Value>(_ key: Key<Value>) -> String { explain(key.name) }
}

// MARK: By name

extension Config {
  /// The value of a key that is no secret, or nil if it is unset or empty.
  ///
  /// A key that is declared is read as it is declared: `10MB` of a `.bytes` key is a number, a list has its separator.
  ///
  /// - Throws: `ConfigError` if the value is not of this type, or if the key is sensitive and the type not `Secret`, `[Secret]` or
  ///   `ConfigURL`, which keep a value from being shown. The message names the key and its place, never the value.
  public func value<Value: ConfigValue>(_ key: String, as type: Value.Type = Value.self) throws(ConfigError)
    -> Value?
  {
    guard let (resolved, winner) = present(key) else { return nil }
    if resolved.isSensitive, type != Secret.self, type != [Secret].self, type != ConfigURL.self {
      throw ConfigError(
        reading: key, "is a secret: read it as a Secret, or with exposedText(of:)", at: winner.origin)
    }
    return try read(resolved, winner, as: type)
  }

  /// The value of a key that has to be set and is no secret.
  ///
  /// - Throws: `ConfigError` if it is unset, empty, or not of this type, or as `value(_:as:)` does for a secret.
  public func required<Value: ConfigValue>(_ key: String, as type: Value.Type = Value.self)
    throws(ConfigError) -> Value
  {
    guard let value = try value(key, as: type) else {
      throw ConfigError(reading: key, "is not set; set it, or declare it required, so that the start says so")
    }
    return value
  }

  /// The secret of a key that has to be set. Its bytes stay in guarded memory.
  ///
  /// - Throws: `ConfigError` if it is unset or empty, or if no guarded memory is to be had.
  public func secret(_ key: String) throws(ConfigError) -> Secret {
    guard let (_, winner) = present(key) else {
      throw ConfigError(reading: key, "is not set; set it, or declare it required, so that the start says so")
    }
    do { return try winner.value.guarded } catch { throw ConfigError(ProjectError(error)) }
  }

  /// The value of a key, a secret's too, as an ordinary copy: for readers that know no secrets. Nil if it is unset or empty.
  ///
  /// - Throws: `ConfigError` if the value is not of this type.
  package func exposedValue<Value: ConfigValue>(of key: String, as type: Value.Type) throws(ConfigError)
    -> Value?
  {
    guard let (resolved, winner) = present(key) else { return nil }
    return try read(resolved, winner, as: type)
  }

  /// The text of a key, a secret's too, in ordinary memory that cannot be wiped: for an interface that takes nothing else. Nil if it
  /// is unset or empty.
  public func exposedText(of key: String) -> String? {
    guard let (_, winner) = present(key) else { return nil }
    return winner.value.withBytes { $0.text }
  }

  /// Whether a key's value is a secret: declared, or inferred from its name or value.
  package func isSensitive(_ key: String) -> Bool { project.resolution[key]?.isSensitive ?? false }

  /// Where a key's value came from, or nil if it has none.
  public func origin(of key: String) -> Origin? { project.resolution[key]?.winner?.origin }

  /// The keys that have a value, in the order of the schema. A word to the left of `=` that nobody declared and that may be a secret,
  /// pasted there, stands as its place: `(.env:3)`.
  public var keys: [String] { resolvedKeys.map { project.shownName(of: $0.key) } }

  /// The keys that have a value.
  var resolvedKeys: [Resolution.ResolvedKey] { project.resolution.all.filter { $0.winner != nil } }

  /// What `cfgkit explain` says of a key: every layer with its place, and why each loser lost. No value.
  public func explain(_ key: String) -> String {
    guard let resolved = project.resolution[key] else { return "\(key)  not in the schema, and in no file\n" }
    let report = project.validate(ValidationOptions(keys: [key], facts: .layers))
    return KeyExplanation(resolved, in: project, report).text
  }

  /// A key with the value that counts; nil if there is none, or an empty one.
  func present(_ key: String) -> (Resolution.ResolvedKey, Resolution.Candidate)? {
    guard let resolved = project.resolution[key], !resolved.isMissing, let winner = resolved.winner else {
      return nil
    }
    return (resolved, winner)
  }

  private func read<Value: ConfigValue>(
    _ key: Resolution.ResolvedKey, _ winner: Resolution.Candidate, as type: Value.Type
  ) throws(ConfigError) -> Value {
    let read: Value?
    do throws(SecretError) {
      read = try TypedValue(value: winner.value, type: key.declaration?.type).read(as: type)
    } catch {
      throw ConfigError(ProjectError(error))
    }
    guard let read else {
      throw ConfigError(reading: key.key, "is not \(Value.expectation)", at: winner.origin)
    }
    return read
  }
}
