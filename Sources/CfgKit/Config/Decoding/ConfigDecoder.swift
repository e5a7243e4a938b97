import CfgKitSecrets

extension Config {
  /// The configuration as a type of the application's own.
  ///
  /// A property `databaseURL` is read from `DATABASE_URL`, `smtp.host` of a nested type from `SMTP_HOST`; `CodingKeys` in capitals
  /// are used as they are. Values are read as <doc:SchemaFile> says of each type: integers are range-checked, enumerations go by raw
  /// value, an `Optional` is nil when its key is unset or empty. Also read: `Secret`, `ConfigURL`, `Duration`, Foundation's `URL` and `UUID`; arrays, and
  /// dictionaries of JSON objects. A sensitive key may be read as `String`, a copy that nobody can wipe.
  ///
  /// - Parameters:
  ///   - type: the type.
  ///   - prefix: what stands before every key, with or without its last underscore: `SMTP`.
  /// - Throws: `ConfigError` with the key, its place and the expected type, never the value.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self, prefix: String = "")
    throws(ConfigError) -> Value
  {
    do { return try ConfigDecoder(config: self, source: .keys(prefix)).value(type) } catch {
      throw error as? ConfigError
        ?? ConfigError(reading: prefix.isEmpty ? "the configuration" : prefix, "does not make a \(type)")
    }
  }
}

/// Hands values to `Decodable` types.
struct ConfigDecoder: Decoder {
  /// A value, or a part of one.
  struct Part {
    let key: String
    let value: LayerValue
    let origin: Origin?
    /// Which part it is: `(element 2)`.
    var note = ""
    /// What its elements are separated by.
    var separator = ","
  }

  /// Where a type is decoded from.
  enum Source {
    /// The key of this name, or the keys that it begins.
    case keys(String)
    /// A value, or a part of one.
    case part(Part)
    /// Parts by name.
    case members([String: Part], of: String)
  }

  let config: Config
  let source: Source
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(ConfigKeyedContainer<Key>(decoder: try memberDecoder()))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    ConfigListContainer(decoder: self, elements: try elements(of: try part("a list")))
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  /// The same place, as one that has members.
  private func memberDecoder() throws -> ConfigDecoder {
    guard case .part(let part) = source else { return self }
    return ConfigDecoder(
      config: config, source: .members(try members(of: part), of: part.key), codingPath: codingPath)
  }

  // MARK: Values

  /// A value of any type at this place.
  func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let form = DecodedForm(type)
    switch form {
    case .refused(let advice):
      throw ConfigError(reading: keyName, "cannot be read as \(type): \(advice)", at: origin)
    case .secret: return try cast(try guarded(part("a secret")), to: type)
    case .url: return try cast(try url(part("a URL")), to: type)
    case .text(let readable): return try cast(try read(readable, part(readable.expectation)), to: type)
    case .foundationURL:
      let part = try part("a URL")
      return try made(type, ConfigDecoder(config: config, source: .members(["relative": part], of: part.key)))
    case .record: return try made(type, at(.part(part("a JSON object"))))
    case .list, .leaf, .nested: return try made(type, self)
    }
  }

  /// Whether there is anything to make a value of the type from.
  func hasValue<Value: Decodable>(for type: Value.Type) -> Bool {
    guard case .keys(let name) = source else { return true }
    if config.present(name) != nil { return true }
    guard case .nested = DecodedForm(type) else { return false }
    return config.hasValue(below: name)
  }

  func at(_ source: Source) -> ConfigDecoder {
    ConfigDecoder(config: config, source: source, codingPath: codingPath)
  }

  /// What the type makes of it; an error of its own might show the value, and is not passed on.
  private func made<Value: Decodable>(_ type: Value.Type, _ decoder: ConfigDecoder) throws -> Value {
    do { return try Value(from: decoder) } catch let error as ConfigError { throw error } catch {
      throw ConfigError(reading: keyName, "\(refusal(of: type))\(note)", at: origin)
    }
  }

  /// `is none of memory, redis` where the schema knows the words; else `does not make a Store`.
  private func refusal<Value>(of type: Value.Type) -> String {
    if type is any RawRepresentable.Type, case .enumeration(let words)? = config.schema[keyName]?.type {
      return "does not make a \(type): it is none of \(words.joined(separator: ", "))"
    }
    return "does not make a \(type)"
  }

  private func cast<From, To>(_ value: From, to type: To.Type) throws -> To {
    guard let value = value as? To else { throw ConfigError(reading: keyName, "does not make a \(type)") }
    return value
  }

  private func read(_ type: any ConfigValue.Type, _ part: Part) throws -> any ConfigValue {
    guard let value = part.value.withBytes({ bytes in type.read(bytes) }) else {
      throw ConfigError(reading: part.key, "is not \(type.expectation)\(part.note)", at: part.origin)
    }
    return value
  }

  private func guarded(_ part: Part) throws -> Secret {
    do { return try part.value.guarded } catch { throw ConfigError(ProjectError(.memory, error.message)) }
  }

  private func url(_ part: Part) throws -> ConfigURL {
    guard let url = try? ConfigURL(part.value) else {
      throw ConfigError(reading: part.key, "is not a URL\(part.note)", at: part.origin)
    }
    return url
  }

  // MARK: Parts

  /// The value at this place.
  private func part(_ expectation: String) throws -> Part {
    switch source {
    case .part(let part): return part
    case .members(_, let key):
      throw ConfigError(reading: key, "is not \(expectation)", at: config.origin(of: key))
    case .keys(let name):
      guard let (resolved, winner) = config.present(name) else {
        let isKnown = config.project.resolution[name] != nil
        throw ConfigError(
          reading: name.isEmpty ? "the configuration" : name,
          (isKnown ? "is not set" : "is not in the schema and in no file")
            + ", and is read as \(expectation)")
      }
      var part = Part(key: name, value: winner.value, origin: winner.origin)
      if case .array(_, let separator)? = resolved.declaration?.type { part.separator = separator }
      return part
    }
  }

  private func elements(of part: Part) throws -> [Part] {
    let values: [LayerValue]?
    switch part.value {
    case .text:
      values = part.value.withBytes { ListText.elements(of: $0, separator: part.separator) }?.map {
        .text($0)
      }
    case .secret(let secret):
      values = try CheckedValue.elements(of: secret, part.separator)?.map { .secret($0) }
    }
    guard let values else {
      throw ConfigError(
        reading: part.key, "is not a list without empty elements\(part.note)", at: part.origin)
    }
    return values.enumerated().map { index, value in
      Part(key: part.key, value: value, origin: part.origin, note: "\(part.note) (element \(index + 1))")
    }
  }

  private func members(of part: Part) throws -> [String: Part] {
    guard let members = part.value.withBytes({ ListText.members(of: $0) }) else {
      throw ConfigError(reading: part.key, "is not a JSON object\(part.note)", at: part.origin)
    }
    let isSecret = part.value.text == nil
    return try members.reduce(into: [:]) { parts, member in
      let value: LayerValue = isSecret ? .secret(try Secret(copying: member.value)) : .text(member.value)
      parts[member.key] = Part(
        key: part.key, value: value, origin: part.origin, note: "\(part.note) (\(member.key))")
    }
  }

  // MARK: Names

  private var keyName: String {
    switch source {
    case .keys(let name): name.isEmpty ? "the configuration" : name
    case .part(let part): part.key
    case .members(_, let key): key
    }
  }

  private var origin: Origin? { config.origin(of: keyName) }

  private var note: String {
    if case .part(let part) = source { part.note } else { "" }
  }
}

extension ConfigDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool {
    if case .keys(let name) = source { config.present(name) == nil } else { false }
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value(type) }
}

extension Config {
  /// Whether a key that begins with this name and an underscore has a value.
  fileprivate func hasValue(below name: String) -> Bool {
    let prefix = name.hasSuffix("_") ? name : name + "_"
    return project.resolution.keys.contains { $0.hasPrefix(prefix) && present($0) != nil }
  }
}
