/// The members of a type: keys below a prefix, or members of a JSON object.
struct ConfigKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: ConfigDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  /// The members of a JSON object; of keys nothing is guessed.
  var allKeys: [Key] {
    guard case .members(let parts, _) = decoder.source else { return [] }
    return parts.keys.sorted().compactMap(Key.init(stringValue:))
  }

  func contains(_ key: Key) -> Bool {
    // Never has members, as far as anyone knows: keys below the name count too.
    has(key, Never.self)
  }

  /// Whether the key itself has no value. The standard library asks this of numbers, booleans and texts, which have no members.
  func decodeNil(forKey key: Key) throws -> Bool { !has(key, String.self) }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try member(key).value(type)
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    has(key, type) ? try member(key).value(type) : nil
  }

  private func has<Value: Decodable>(_ key: Key, _ type: Value.Type) -> Bool {
    (try? member(key))?.hasValue(for: type) ?? false
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
    -> KeyedDecodingContainer<Nested>
  {
    try member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

  private func member(_ key: Key) throws -> ConfigDecoder {
    var member: ConfigDecoder
    switch decoder.source {
    case .keys(let prefix): member = decoder.at(.keys(KeyNaming.joined(prefix, key.stringValue)))
    case .members(let parts, let name):
      guard let part = parts[key.stringValue] else {
        throw ConfigError(
          reading: name, "has no member \(key.stringValue)", at: decoder.config.origin(of: name))
      }
      member = decoder.at(.part(part))
    case .part(let part):
      throw ConfigError(reading: part.key, "is one value and has no members", at: part.origin)
    }
    member.codingPath.append(key)
    return member
  }
}

/// The elements of a list.
struct ConfigListContainer: UnkeyedDecodingContainer {
  let decoder: ConfigDecoder
  let elements: [ConfigDecoder.Part]
  private(set) var currentIndex = 0

  init(decoder: ConfigDecoder, elements: [ConfigDecoder.Part]) {
    self.decoder = decoder
    self.elements = elements
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex == elements.count }

  mutating func decodeNil() throws -> Bool { false }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().value(type) }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws
    -> KeyedDecodingContainer<Nested>
  {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> ConfigDecoder {
    guard elements.indices.contains(currentIndex) else {
      throw DecodingError.valueNotFound(
        String.self, .init(codingPath: codingPath, debugDescription: "the list has no more elements"))
    }
    defer { currentIndex += 1 }
    return decoder.at(.part(elements[currentIndex]))
  }
}
