import CfgKitDotEnv
import CfgKitSecrets

/// Every key with the value that wins and the ones that lose: `defaults < .env < environment`, always.
public struct Resolution: Sendable {
  /// A value of one layer.
  package struct Candidate: Sendable {
    package let value: LayerValue
    package let origin: Origin
  }

  /// One key across the layers.
  package struct ResolvedKey: Sendable {
    package let key: String
    /// What the schema says of it; nil for a key that only a file has.
    package let declaration: KeyDeclaration?
    /// The value that counts; nil if no layer has one.
    package let winner: Candidate?
    /// What the lower layers have, highest first.
    package let losers: [Candidate]
    /// Whether the value is a secret: declared, or inferred from name or value.
    package let isSensitive: Bool

    /// Whether there is no value, or an empty one, which counts as missing (schema.md §3).
    package var isMissing: Bool {
      if let winner { return winner.value.isEmpty && !allowsEmpty }
      return declaration?.isResolvedElsewhere != true
    }

    private var allowsEmpty: Bool {
      if case .string(let shape)? = declaration?.type { shape.allowsEmpty } else { false }
    }
  }

  private var resolved: [String: ResolvedKey] = [:]

  /// The keys: those of the schema in its order, then those that only files have, in theirs.
  public private(set) var keys: [String] = []

  /// Resolves the layers, lowest first: the schema's defaults, `files` in their order, `environment`.
  package init(schema: Schema, files: [SourceFile], environment: EnvironmentBlock) throws(SecretError) {
    let layers = files.map { file in FileLayer(file) }
    var order = schema.declarations.map(\.key)
    var known = Set(order)
    for layer in layers { for key in layer.keys where known.insert(key).inserted { order.append(key) } }
    keys = order
    for key in order {
      resolved[key] = try Self.resolve(key, schema[key], layers, environment)
    }
  }

  /// One key, or nil if neither schema nor file knows it.
  package subscript(key: String) -> ResolvedKey? { resolved[key] }

  private static func resolve(
    _ key: String, _ declaration: KeyDeclaration?, _ layers: [FileLayer], _ environment: EnvironmentBlock
  ) throws(SecretError) -> ResolvedKey {
    var candidates: [Candidate] = []
    let isSensitive =
      declaration?.isSensitive
      ?? (Sensitivity.isInferred(fromName: key) || layers.contains { $0.holdsPasswordURL(key) })
    if let text = declaration?.defaultText {
      let origin = Origin.schema(declaration?.location ?? Location(path: "schema"))
      candidates.append(Candidate(value: .text(text), origin: origin))
    }
    for layer in layers {
      if let candidate = try layer.candidate(key, isSensitive: isSensitive) { candidates.append(candidate) }
    }
    if let value = try LayerValue(variable: key, of: environment, isSensitive: isSensitive) {
      candidates.append(Candidate(value: value, origin: .environment))
    }
    return ResolvedKey(
      key: key, declaration: declaration, winner: candidates.last, losers: candidates.dropLast().reversed(),
      isSensitive: isSensitive)
  }
}

/// The effective entries of one file.
private struct FileLayer {
  let keys: [String]
  private let file: SourceFile
  private let entries: [String: Entry]

  init(_ file: SourceFile) {
    self.file = file
    var keys: [String] = []
    var entries: [String: Entry] = [:]
    for entry in file.document.entries {
      let key = file.document.key(of: entry)
      if entries.updateValue(entry, forKey: key) == nil { keys.append(key) }
    }
    self.keys = keys
    self.entries = entries
  }

  func candidate(_ key: String, isSensitive: Bool) throws(SecretError) -> Resolution.Candidate? {
    guard let entry = entries[key] else { return nil }
    let read: Result<LayerValue, SecretError>? = file.reading.withValue(of: entry) { bytes in
      do throws(SecretError) {
        return .success(try LayerValue(copying: bytes, isSensitive: isSensitive))
      } catch {
        return .failure(error)
      }
    }
    guard let value = try read?.get() else { return nil }
    return Resolution.Candidate(value: value, origin: .file(file.place(of: entry)))
  }

  /// Whether the value is a URL with a password, which makes an undeclared key sensitive (schema.md §5).
  func holdsPasswordURL(_ key: String) -> Bool {
    guard let entry = entries[key] else { return false }
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
