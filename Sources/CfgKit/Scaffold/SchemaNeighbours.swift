import CfgKitDotEnv

/// Where a new key goes in a file: beside its neighbours in the schema; without a schema, at the end.
struct SchemaNeighbours {
  private let order: [String]
  private var present: Set<String>

  /// The keys of a file, in the order of a schema.
  init(of document: Document, in schema: Schema) {
    order = schema.declarations.map(\.key)
    present = Set(document.entries.map(document.key))
  }

  /// Behind the nearest key that stands before it in the schema, else before the nearest behind it.
  func placement(of key: String) -> Placement {
    guard let index = order.firstIndex(of: key) else { return .end }
    if let before = order[..<index].last(where: present.contains) { return .after(key: before) }
    if let behind = order[(index + 1)...].first(where: present.contains) { return .before(key: behind) }
    return .end
  }

  /// Takes note that the key now stands there.
  mutating func insert(_ key: String) { present.insert(key) }
}
