import CfgKit

/// What `cfgkit diff` says of two files: keys by where they are, never a value.
struct FileComparison {
  private enum Relation: String {
    case onlyInFirst = "only-in-first"
    case onlyInSecond = "only-in-second"
    case different, same
    case sharedSecret = "shared-secret"
  }

  private let rows: [(key: String, relation: Relation)]
  private let firstName: String
  private let secondName: String

  /// Compares what the two files themselves say; defaults do not count.
  init(_ first: Project, _ firstName: String, _ second: Project, _ secondName: String) throws {
    self.firstName = firstName
    self.secondName = secondName
    let keys = Set(first.resolution.keys).union(second.resolution.keys).sorted()
    rows = try keys.compactMap { key in
      let name = first.resolution[key] == nil ? second.shownName(of: key) : first.shownName(of: key)
      let values = (first.fileValue(of: key), second.fileValue(of: key))
      switch values {
      case (nil, nil): return nil
      case (_?, nil): return (name, .onlyInFirst)
      case (nil, _?): return (name, .onlyInSecond)
      case (let one?, let other?):
        guard try one.matches(other) else { return (name, .different) }
        let isSecret =
          first.resolution[key]?.isSensitive == true || second.resolution[key]?.isSensitive == true
        return (name, isSecret && !one.isEmpty ? .sharedSecret : .same)
      }
    }
  }

  /// Whether no key is one-sided and no secret stands in both.
  var isAlike: Bool { rows.allSatisfy { $0.relation == .same || $0.relation == .different } }

  /// One line a key, by kind.
  var text: String {
    let names: [(Relation, String)] = [
      (.onlyInFirst, "only in \(firstName)"), (.onlyInSecond, "only in \(secondName)"),
      (.sharedSecret, "same secret in both"), (.different, "different"), (.same, "same"),
    ]
    return Table.text(
      names.flatMap { relation, name in
        rows.filter { $0.relation == relation }.map { [Printable.text(name), Printable.text($0.key)] }
      })
  }

  /// The same for programs.
  var json: JSON {
    .object([
      ("schemaVersion", .integer(1)), ("first", .string(firstName)), ("second", .string(secondName)),
      ("ok", .bool(isAlike)),
      (
        "keys",
        .array(rows.map { .object([("key", .string($0.key)), ("relation", .string($0.relation.rawValue))]) })
      ),
    ])
  }
}

extension Project {
  /// The value that the files give a key.
  fileprivate func fileValue(of key: String) -> LayerValue? {
    guard let winner = resolution[key]?.winner, case .file = winner.origin else { return nil }
    return winner.value
  }
}
