import CfgKitDotEnv

/// Adds the declarations of a template that a schema lacks: each with its comments, beside its neighbours.
enum SchemaMerge {
  /// The keys that `template` declares and `schema` does not, in the template's order.
  static func missingKeys(in schema: Document, of template: Document) -> [String] {
    template.entries.map(template.key).filter { schema.lastEntry(for: $0) == nil }
  }

  /// Inserts the missing declarations. Nothing that stands in the schema changes.
  static func apply(_ template: Document, to schema: inout Document) throws(EditError) {
    let keys = template.entries.map(template.key)
    for (index, key) in keys.enumerated() where schema.lastEntry(for: key) == nil {
      guard let block = block(of: key, in: template) else { continue }
      if let before = keys[..<index].last(where: { schema.lastEntry(for: $0) != nil }) {
        try schema.insertLines("\n" + block, at: .after(key: before))
      } else {
        try schema.insertLines("\n" + block, at: .end)
      }
    }
  }

  /// The lines of a declaration: the comments directly above it, and itself.
  private static func block(of key: String, in template: Document) -> String? {
    guard let entry = template.lastEntry(for: key) else { return nil }
    let lines = Array(template.lines)
    let last = template.lineIndex(of: entry)
    var first = last
    while first > 0, lines[first - 1].kind == .comment { first -= 1 }
    let bytes = template.bytes
    return lines[first...last].map { String(decoding: bytes[$0.range], as: UTF8.self) + "\n" }.joined()
  }
}
