/// Why a project cannot be set up as asked. Nothing was written.
package struct ScaffoldError: Error, Sendable, Equatable {
  /// The kinds.
  package enum Code: String, Sendable {
    /// The schema that stands there lacks keys of the template.
    case schemaExists = "exists"
    /// A template or an existing schema is not valid.
    case invalidSchema = "schema-invalid"
    /// `--set` of a key that the schema does not have, or that is sensitive or written by cfgkit.
    case usage
    /// A file is no text that can be edited.
    case unreadable
  }

  /// What went wrong.
  package let code: Code
  /// The sentence for people, with the way out.
  package let message: String
  /// What is wrong with the schema, if that is it.
  package let findings: [Finding]

  init(_ code: Code, _ message: String, findings: [Finding] = []) {
    self.code = code
    self.message = message
    self.findings = findings
  }
}
