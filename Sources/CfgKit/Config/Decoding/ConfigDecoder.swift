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
  /// - Throws: `ConfigError` with the key, its place and the expected type, never the value. Of a `DecodingError` that a type throws of its
  ///   own, the key that its path leads to and what it asks for are kept; its text may show a value, and is not.
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
    let typed: TypedValue
    let origin: Origin?
    /// Which part it is: `(element 2)`.
    var note = ""
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
    case .text(let readable): return try cast(try read(readable, part(readable.expectation)), to: type)
    case .foundationURL:
      let part = try part("a URL")
      return try made(type, ConfigDecoder(config: config, source: .members(["relative": part], of: part.key)))
    case .record: return try made(type, at(.part(part("a JSON object"))))
    case .list where type == [UInt8].self:
      let part = try part("a list")
      let octets = try Self.guarding { () throws(SecretError) in try part.typed.octets() }
      return try octets.map { try cast($0, to: type) } ?? made(type, self)
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
      if let error = error as? DecodingError, let refusal = refusal(error, of: type) { throw refusal }
      throw ConfigError(reading: keyName, "\(refusal(of: type))\(note)", at: origin)
    }
  }

  /// What a type says with an error of its own, as far as no value can be in that: where, and what it asks for. Nil if that is nothing.
  private func refusal<Value>(_ error: DecodingError, of type: Value.Type) -> ConfigError? {
    let path: [any CodingKey]
    var demand = ""
    switch error {
    case .typeMismatch(let wanted, let context), .valueNotFound(let wanted, let context):
      (path, demand) = (context.codingPath, ": it asks for a \(wanted)")
    case .keyNotFound(let key, let context):
      (path, demand) = (context.codingPath + [key], ": it asks for that")
    case .dataCorrupted(let context): path = context.codingPath
    @unknown default: return nil
    }
    let steps = path.dropFirst(codingPath.count).map(\.stringValue)
    guard case .keys(let name) = source, !steps.isEmpty else {
      return demand.isEmpty
        ? nil : ConfigError(reading: keyName, "does not make a \(type)\(demand)\(note)", at: origin)
    }
    let key = steps.reduce(name, KeyNaming.joined)
    return ConfigError(reading: key, "does not fit a \(type)\(demand)", at: config.origin(of: key))
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

  private func read<Readable: ConfigValue>(_ type: Readable.Type, _ part: Part) throws -> Readable {
    guard let value = try Self.guarding({ () throws(SecretError) in try part.typed.read(as: type) }) else {
      throw ConfigError(reading: part.key, "is not \(type.expectation)\(part.note)", at: part.origin)
    }
    return value
  }

  /// What `body` makes; a lack of guarded memory is a `ConfigError`.
  private static func guarding<R>(_ body: () throws(SecretError) -> R) throws(ConfigError) -> R {
    do throws(SecretError) { return try body() } catch { throw ConfigError(ProjectError(error)) }
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
      let typed = TypedValue(value: winner.value, type: resolved.declaration?.type)
      return Part(key: name, typed: typed, origin: winner.origin)
    }
  }

  private func elements(of part: Part) throws -> [Part] {
    guard let values = try Self.guarding({ () throws(SecretError) in try part.typed.elements() }) else {
      throw ConfigError(
        reading: part.key, "is not a list without empty elements\(part.note)", at: part.origin)
    }
    return values.enumerated().map { index, value in
      Part(key: part.key, typed: value, origin: part.origin, note: "\(part.note) (element \(index + 1))")
    }
  }

  private func members(of part: Part) throws -> [String: Part] {
    guard let members = try Self.guarding({ () throws(SecretError) in try part.typed.members() }) else {
      throw ConfigError(reading: part.key, "is not a JSON object\(part.note)", at: part.origin)
    }
    return members.reduce(into: [:]) { parts, member in
      // The names in a secret are as much of it as the rest.
      let name = member.value.value.text == nil ? "a member" : member.key
      parts[member.key] = Part(
        key: part.key, typed: member.value, origin: part.origin, note: "\(part.note) (\(name))")
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
