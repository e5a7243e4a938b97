import CfgKitDotEnv

extension Scaffold {
  /// What happens to a file.
  package enum Action: String, Sendable {
    case create, merge, replace, unchanged
  }

  /// One file of the plan.
  package struct Step: Sendable {
    /// What happens.
    package let action: Action
    /// The file, as people see it.
    package let shownPath: String
    /// What it means, in a few words.
    package let summary: String
    /// The lines that are added, secrets behind a mask.
    package let addedLines: [String]
  }
}

extension Scaffold.Step {
  private static func unchanged(_ shownPath: String) -> Scaffold.Step {
    Scaffold.Step(action: .unchanged, shownPath: shownPath, summary: "", addedLines: [])
  }

  /// What becomes of the schema; `old` is nil if there is none.
  static func ofSchema(old: Document?, new: Document, _ shownPath: String, keyCount: Int) -> Scaffold.Step {
    let keys = "\(counted(keyCount, "key")); commit this file"
    guard let old else {
      return Scaffold.Step(action: .create, shownPath: shownPath, summary: keys, addedLines: lines(new))
    }
    if old.bytes == new.bytes { return unchanged(shownPath) }
    let added = SchemaMerge.missingKeys(in: old, of: new)
    let keepsAll = SchemaMerge.missingKeys(in: new, of: old).isEmpty && old.byteCount < new.byteCount
    let oldLines = Set(lines(old))
    return Scaffold.Step(
      action: keepsAll ? .merge : .replace, shownPath: shownPath,
      summary: added.isEmpty ? keys : "added \(added.joined(separator: ", "))",
      addedLines: lines(new).filter { !oldLines.contains($0) })
  }

  /// What becomes of the file with the values.
  static func ofEnvironment(_ plan: EnvironmentPlan, isNew: Bool, _ shownPath: String) -> Scaffold.Step {
    if isNew {
      let count = plan.additions.count { $0.content != .optional }
      return Scaffold.Step(
        action: .create, shownPath: shownPath, summary: "\(counted(count, "key")), mode 0600",
        addedLines: plan.shownLines)
    }
    if plan.additions.isEmpty { return unchanged(shownPath) }
    let added = plan.additions.map(\.key).joined(separator: ", ")
    return Scaffold.Step(
      action: .merge, shownPath: shownPath,
      summary: "added \(added); \(counted(plan.kept.count, "key")) kept byte for byte",
      addedLines: plan.shownLines)
  }

  /// What becomes of the ignore rules; `old` is nil if there are none.
  static func ofIgnoreFile(old: Document?, _ shownPath: String) -> Scaffold.Step {
    if let old, old.bytes == IgnoreFile.protecting(old.bytes) { return unchanged(shownPath) }
    return Scaffold.Step(
      action: old == nil ? .create : .merge, shownPath: shownPath, summary: "keeps .env out of git",
      addedLines: IgnoreFile.rules)
  }

  private static func lines(_ document: Document) -> [String] {
    let bytes = document.bytes
    return document.lines.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }
}
