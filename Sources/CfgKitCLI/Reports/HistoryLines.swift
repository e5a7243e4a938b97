import CfgKit

/// What `cfgkit history` answers: a line a change.
struct HistoryLines {
  /// Whether the last change is the document's first.
  let reachesBeginning: Bool
  private let changes: [(time: RotationTime?, keys: [(key: String, kind: DocumentHistory.Kind)])]
  private let project: Project

  /// - Parameter keys: the keys to speak of; all if there is none.
  init(_ history: DocumentHistory, of keys: [String], in project: Project) {
    let changes = history.changes.map { change in
      (time: change.time, keys: change.keys.filter { keys.isEmpty || keys.contains($0.key) })
    }
    self.changes = keys.isEmpty ? changes : changes.filter { !$0.keys.isEmpty }
    self.project = project
    reachesBeginning = history.reachesBeginning
  }

  /// `2026-11-23T10:02:11Z  changed SECRET_KEY; added PORT`
  var text: String {
    Table.text(
      changes.map { change in
        let parts = DocumentHistory.Kind.allCases.compactMap { kind -> String? in
          let names = change.keys.filter { $0.kind == kind }.map { shown($0.key) }
          return names.isEmpty ? nil : "\(kind.rawValue) \(names.joined(separator: ", "))"
        }
        let what = parts.isEmpty ? "comments only" : parts.joined(separator: "; ")
        return [change.time?.description ?? "unknown", Printable.text(what)]
      })
  }

  /// The same for programs.
  var json: JSON {
    .object([
      ("schemaVersion", .integer(1)), ("complete", .bool(reachesBeginning)),
      (
        "changes",
        .array(
          changes.map { change in
            .object([
              ("time", change.time.map { .string($0.description) } ?? .null),
              (
                "keys",
                .array(
                  change.keys.map {
                    .object([("key", .string(shown($0.key))), ("change", .string($0.kind.rawValue))])
                  })
              ),
            ])
          })
      ),
    ])
  }

  /// A name that nobody declared may be a value in the wrong place, and it may be gone from the document.
  private func shown(_ key: String) -> String {
    project.schema[key] != nil ? key : KeyNames.shown(key)
  }
}
