package import CfgKitDotEnv
import CfgKitSecrets

/// A `.env` file in the portable subset, planned before it is written.
package struct FormatPlan: Sendable {
  /// How messages name the file.
  package let shownPath: String
  /// The new document; its values are the old ones.
  package let document: Document
  /// What is done to it.
  package let formatting: Formatting
  /// Whether any byte changes.
  package let isChanged: Bool
  /// Whether it came from standard input, so that there is nothing to write to.
  package var isPiped: Bool { store == nil }
  private let before: Document
  private let store: (any DocumentStore)?

  /// Plans the file of a project for readers: those of the options or the schema, and all that are modelled if neither names any.
  ///
  /// With the compatible reading, what strict refuses is first respelled so that the reading stays.
  ///
  /// - Throws: `EditError` for a file in error.
  package init(_ file: SourceFile, in project: Project) throws(EditError) {
    let options = project.options
    let named = options.dialects.union(project.schema.dialects)
    let dialects = named.isEmpty ? Set(Dialect.allCases) : named
    store = file.store
    shownPath = file.shownPath
    before = file.document
    let start =
      options.isCompatible ? try before.mended(environment: options.environment) : before
    (document, formatting) = try start.formatted(for: dialects, environment: options.environment)
    isChanged = !document.hasSameBytes(as: before)
  }

  /// Writes it, but for standard input. Throws the store's error; the document is then as it was.
  package func apply() async throws {
    guard isChanged, let store else { return }
    try await store.update(as: OperationID()) { found in
      guard found.hasSameBytes(as: before) else { throw StoreError.changed(at: store.name) }
      found = document
    }
  }
}
