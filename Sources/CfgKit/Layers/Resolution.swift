import CfgKitDotEnv
import CfgKitSecrets

/// Every key with the value that wins and the ones that lose: `defaults < .env < environment`, always.
public struct Resolution: Sendable {
  /// A value of one layer. An object, for it never changes and goes through many hands: a copy of it costs nothing.
  package final class Candidate: Sendable {
    package let value: LayerValue
    package let origin: Origin

    fileprivate init(value: LayerValue, origin: Origin) {
      self.value = value
      self.origin = origin
    }
  }

  /// One key across the layers, an object for the same reason.
  package final class ResolvedKey: Sendable {
    package let key: String
    /// What the schema says of it; nil for a key that only a file has.
    package let declaration: KeyDeclaration?
    /// The value that counts; nil if no layer has one.
    package let winner: Candidate?
    /// What the lower layers have, highest first.
    package let losers: [Candidate]
    /// Whether the schema has it.
    package let isDeclared: Bool
    /// Whether the value is a secret: declared, or inferred from name or value.
    package let isSensitive: Bool
    /// Whether its entry in a file is in error, so that nothing more is said of it.
    package let isBroken: Bool
    /// Whether there is no value, or an empty one, which counts as missing.
    package let isMissing: Bool

    fileprivate init(
      _ key: String, _ declaration: KeyDeclaration?, _ stack: CandidateStack, isSensitive: Bool
    ) {
      self.key = key
      self.declaration = declaration
      isDeclared = declaration != nil
      winner = stack.winner
      losers = stack.losers
      isBroken = stack.isBroken
      self.isSensitive = isSensitive
      isMissing =
        if let winner = stack.winner {
          winner.value.isEmpty && declaration?.type.allowsEmpty != true
        } else {
          declaration?.isResolvedElsewhere != true
        }
    }
  }

  /// Every key: those of the schema in its order, then those that only files have, in theirs.
  package let all: [ResolvedKey]
  private let indexByKey: [String: Int]

  /// The keys: those of the schema in its order, then those that only files have, in theirs.
  public var keys: [String] { all.map(\.key) }

  /// Resolves the layers, lowest first: the schema's defaults, `files` in their order, `environment`.
  package init(schema: Schema, files: [SourceFile], environment: EnvironmentBlock) throws(SecretError) {
    self = try Secret.changingSeveral { () throws(SecretError) in
      try Resolution(schema, files, environment)
    }
  }

  private init(
    _ schema: Schema, _ files: [SourceFile], _ environment: EnvironmentBlock
  ) throws(SecretError) {
    var layers = files.map { file in FileLayer(file) }
    var index = schema.indexByKey
    var resolved: [ResolvedKey] = []
    resolved.reserveCapacity(schema.declarations.count)
    for declaration in schema.declarations {
      resolved.append(try Self.resolve(declaration.key, declaration, &layers, environment))
    }
    for place in layers.indices {
      let file = layers[place].file
      for entry in file.document.entries where !layers[place].isTaken(entry) {
        let key = file.document.key(of: entry)
        guard index[key] == nil else { continue }
        index[key] = resolved.count
        resolved.append(try Self.resolve(key, nil, &layers, environment))
      }
    }
    all = resolved
    indexByKey = index
  }

  /// One key, or nil if neither schema nor file knows it.
  package subscript(key: String) -> ResolvedKey? { indexByKey[key].map { all[$0] } }

  private static func resolve(
    _ key: String, _ declaration: KeyDeclaration?, _ layers: inout [FileLayer],
    _ environment: EnvironmentBlock
  ) throws(SecretError) -> ResolvedKey {
    var stack = CandidateStack()
    let isSensitive =
      declaration?.isSensitive
      ?? (Sensitivity.isInferred(fromName: key) || layers.contains { $0.holdsPasswordURL(key) })
    if let text = declaration?.defaultText {
      let origin = Origin.schema(declaration?.location ?? Location(path: "schema"))
      stack.push(Candidate(value: .text(text), origin: origin))
    }
    for place in layers.indices { try layers[place].push(key, isSensitive: isSensitive, on: &stack) }
    if let value = try LayerValue(variable: key, of: environment, isSensitive: isSensitive) {
      stack.push(Candidate(value: value, origin: .environment))
    }
    return ResolvedKey(key, declaration, stack, isSensitive: isSensitive)
  }
}

/// The values of one key, as the layers are gone through from the lowest on.
private struct CandidateStack {
  /// What the highest layer so far has.
  private(set) var winner: Resolution.Candidate?
  /// What those below it have, highest first.
  private(set) var losers: [Resolution.Candidate] = []
  /// Whether an entry of a file is in error.
  var isBroken = false

  mutating func push(_ candidate: Resolution.Candidate) {
    if let winner { losers.insert(winner, at: 0) }
    winner = candidate
  }
}

/// The effective entries of one file.
private struct FileLayer {
  let file: SourceFile
  /// Which entries were pushed, by their place.
  private var taken: [Bool]

  init(_ file: SourceFile) {
    self.file = file
    taken = Array(repeating: false, count: file.document.entries.count)
  }

  /// Whether an entry is the effective one of a key that was resolved.
  func isTaken(_ entry: Entry) -> Bool { taken[entry.index] }

  mutating func push(
    _ key: String, isSensitive: Bool, on stack: inout CandidateStack
  ) throws(SecretError) {
    guard let entry = file.lastEntry(for: key) else { return }
    taken[entry.index] = true
    let read: Result<LayerValue, SecretError>? = file.reading.withValue(of: entry) { bytes in
      do throws(SecretError) {
        return .success(try LayerValue(copying: bytes, isSensitive: isSensitive))
      } catch {
        return .failure(error)
      }
    }
    guard let value = try read?.get() else {
      stack.isBroken = true
      return
    }
    stack.push(Resolution.Candidate(value: value, origin: .file(file.place(of: entry))))
  }

  /// Whether the value is a URL with a password, which makes an undeclared key sensitive.
  func holdsPasswordURL(_ key: String) -> Bool {
    guard let entry = file.lastEntry(for: key) else { return false }
    return file.reading.withValue(of: entry) { bytes in URLParts(bytes)?.password?.isEmpty == false } ?? false
  }
}

extension LayerValue {
  /// A copy of the bytes: guarded if sensitive, else text. Bytes that are not UTF-8 are repaired in text.
  init(copying bytes: borrowing RawSpan, isSensitive: Bool) throws(SecretError) {
    if isSensitive {
      self = .secret(try Secret(copying: bytes))
    } else {
      self = .text(bytes.text)
    }
  }

  /// The value of an environment variable, or nil if it is unset.
  init?(variable name: String, of environment: EnvironmentBlock, isSensitive: Bool) throws(SecretError) {
    var result: Result<LayerValue, SecretError>?
    environment.withVariable(name) { bytes in
      do throws(SecretError) {
        result = .success(try LayerValue(copying: bytes, isSensitive: isSensitive))
      } catch {
        result = .failure(error)
      }
    }
    guard let value = try result?.get() else { return nil }
    self = value
  }
}
