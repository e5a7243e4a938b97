import CfgKit

/// What `cfgkit diff` says of two files: keys by where they are, never a value.
struct FileComparison {
  private let comparison: Comparison
  private let firstName: String
  private let secondName: String

  init(_ comparison: Comparison, _ firstName: String, _ secondName: String) {
    self.comparison = comparison
    self.firstName = firstName
    self.secondName = secondName
  }

  /// One line a key, by kind.
  var text: String {
    let names: [(Comparison.Relation, String)] = [
      (.onlyInFirst, "only in \(firstName)"), (.onlyInSecond, "only in \(secondName)"),
      (.sharedSecret, "same secret in both"), (.different, "different"), (.same, "same"),
    ]
    return Table.text(
      names.flatMap { relation, name in
        comparison.rows.filter { $0.relation == relation }.map {
          [Printable.text(name), Printable.text($0.key)]
        }
      })
  }

  /// What a report of findings lacks: the two names, and how each key stands.
  var fields: [(String, JSON)] {
    [
      ("first", .string(firstName)), ("second", .string(secondName)),
      (
        "keys",
        .array(
          comparison.rows.map {
            .object([("key", .string($0.key)), ("relation", .string($0.relation.rawValue))])
          })
      ),
    ]
  }
}
