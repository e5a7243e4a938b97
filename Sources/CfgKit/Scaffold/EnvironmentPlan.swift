import CfgKitDotEnv
import CfgKitSecrets

/// What `init` adds to a `.env`: the keys that the schema requires and the file lacks. Nothing that stands there changes.
struct EnvironmentPlan: Sendable {
  /// What a new line holds.
  enum Content: Sendable, Hashable {
    /// A default, or what `--set` gave.
    case value(String)
    /// A fresh secret; it does not exist before the file is written.
    case secret(KeyFormat)
    /// `KEY=`: required, and only a person knows it.
    case empty
    /// `# KEY=`
    case optional
  }

  /// A line to add.
  struct Addition: Sendable, Hashable {
    let key: String
    let content: Content
    fileprivate let placement: Placement
    /// The comment above a fresh secret that says when it was made.
    fileprivate let comment: String?
    /// The declaration of a fresh secret that is the first key of a ring which has to be written as one.
    fileprivate let ring: KeyDeclaration?
  }

  /// The new lines, in the order of the schema.
  let additions: [Addition]
  /// The keys that the file had, in its order.
  let kept: [String]
  private let isNewFile: Bool

  /// Compares a file with a schema.
  ///
  /// - Parameters:
  ///   - document: the file; nil for none. A new file also gets the optional keys, as comments.
  ///   - values: what `--set` gave, for keys that are not sensitive.
  ///   - generates: whether secrets are made; without it their lines stay empty.
  ///   - today: the date beside a fresh secret, `2026-11-23`.
  init(
    for schema: Schema, document: Document?, values: [String: String], generates: Bool, today: String
  ) {
    isNewFile = document == nil
    var seen: Set<String> = []
    kept =
      document.map { document in document.entries.map(document.key).filter { seen.insert($0).inserted } }
      ?? []
    let isRequired = Self.requirement(in: schema, document: document, values: values)
    let existing = Set(kept)
    var neighbours = SchemaNeighbours(of: document ?? Document([]), in: schema)
    var additions: [Addition] = []
    for declaration in schema.declarations where !declaration.isManaged {
      let key = declaration.key
      let content: Content
      if existing.contains(key) {
        continue
      } else if let value = values[key] {
        content = .value(value)
      } else if isRequired(declaration) {
        content = Self.content(of: declaration, generates: generates)
      } else if document == nil {
        content = .optional
      } else {
        continue
      }
      var comment: String?
      if case .secret = content, declaration.rotation?.maximumAge != nil {
        comment = "# cfgkit: rotated=\(today)"
      }
      let placement = document == nil ? .end : neighbours.placement(of: key)
      let ring = declaration.rotation?.dressesEveryKey == true ? declaration : nil
      additions.append(
        Addition(key: key, content: content, placement: placement, comment: comment, ring: ring))
      neighbours.insert(key)
    }
    self.additions = additions
  }

  /// Whether the file is complete.
  var isEmpty: Bool { additions.isEmpty && !isNewFile }

  /// Adds the lines. Secrets are made here and nowhere earlier.
  func apply(to document: inout Document, generator: SecretGenerator) throws {
    if isNewFile {
      try document.insertLines(
        "# Values for this machine; .env.schema says what each key means. Not committed.\n", at: .end)
    }
    for addition in additions {
      switch addition.content {
      case .optional: try document.insertLines("# \(addition.key)=\n", at: addition.placement)
      case .empty: try document.set(addition.key, to: "", at: addition.placement)
      case .value(let text): try document.set(addition.key, to: text, at: addition.placement)
      case .secret(let format):
        let secret = try generator.generate(format)
        if let declaration = addition.ring {
          try RingFile.begin(declaration, with: secret, in: &document, at: addition.placement)
          continue
        }
        try secret.withBytes { bytes in _ = try document.set(addition.key, to: bytes, at: addition.placement)
        }
        if let comment = addition.comment { try document.insertComment(comment, above: addition.key) }
      }
    }
  }

  /// Adds the lines with every secret left empty, to see whether the document takes them.
  func rehearse(on document: inout Document) throws(EditError) {
    for addition in additions {
      if case .optional = addition.content {
        try document.insertLines("# \(addition.key)=\n", at: addition.placement)
      } else {
        try document.set(addition.key, to: "", at: addition.placement)
      }
    }
  }

  /// The lines as `--diff` shows them, secrets behind a mask.
  var shownLines: [String] {
    additions.map { addition in
      switch addition.content {
      case .optional: "# \(addition.key)="
      case .empty: "\(addition.key)="
      case .value(let text): "\(addition.key)=\(text)"
      case .secret: "\(addition.key)=••••••••"
      }
    }
  }

  private static func content(of declaration: KeyDeclaration, generates: Bool) -> Content {
    if let text = declaration.defaultText { return .value(text) }
    if let format = declaration.generate, generates { return .secret(format) }
    return .empty
  }

  /// Answers whether a key has to be set, given what the file will say.
  private static func requirement(
    in schema: Schema, document: Document?, values: [String: String]
  ) -> (KeyDeclaration) -> Bool {
    let reading = document?.read(.compatible)
    func text(_ key: String) -> String? {
      if let value = values[key] { return value }
      if schema[key]?.isSensitive != true, let value = reading?.value(for: key) { return value }
      return schema[key]?.defaultText
    }
    let environment = schema.currentEnvironmentKey.flatMap(text) ?? "development"
    return { declaration in
      declaration.group == nil && !declaration.isResolvedElsewhere
        && declaration.requirement.holds(
          isIn: { schema.isSame(environment, $0) }, value: text,
          isEmpty: { key in text(key)?.isEmpty ?? (document?.lastEntry(for: key) == nil) })
    }
  }
}
