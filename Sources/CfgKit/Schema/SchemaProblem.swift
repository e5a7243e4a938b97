/// Something wrong with a schema, before it has a place.
struct SchemaProblem: Error {
  var rule = Rule.schemaInvalid
  var severity = Severity.error
  let message: String
  var fix: Fix?

  init(_ message: String, severity: Severity = .error, fix: Fix? = nil) {
    self.message = message
    self.severity = severity
    self.fix = fix
  }

  /// An unknown name, with the one that was probably meant.
  static func unknown(_ what: String, _ name: String, among known: some Sequence<String>) -> SchemaProblem {
    let meant = NearMiss.candidate(for: name, among: known)
    return SchemaProblem("\(what) \(name) is not known" + (meant.map { "; did you mean \($0)?" } ?? ""))
  }
}
