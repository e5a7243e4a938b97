package import CfgKitDotEnv
import SystemPackage

/// A `.env` file in the portable subset, planned before it is written (dotenv.md, Writing a value).
package struct FormatPlan: Sendable {
  /// How messages name the file.
  package let shownPath: String
  /// The new document; its values are the old ones.
  package let document: Document
  /// What is done to it.
  package let formatting: Formatting
  /// Whether any byte changes.
  package let isChanged: Bool
  private let before: Document
  private let path: FilePath

  /// Plans the file of a project for readers: those of the options or the schema, and all that are modelled if neither names any.
  ///
  /// With the compatible reading, what strict refuses is first respelled so that the reading stays.
  ///
  /// - Throws: `EditError` for a file in error.
  package init(_ file: SourceFile, in project: Project) throws(EditError) {
    let options = project.options
    let named = options.dialects.union(project.schema.dialects)
    let dialects = named.isEmpty ? Set(Dialect.allCases) : named
    path = file.path
    shownPath = file.shownPath
    before = file.document
    let start =
      options.isCompatible ? try before.mended(environment: options.environment) : before
    (document, formatting) = try start.formatted(for: dialects, environment: options.environment)
    isChanged = !document.hasSameBytes(as: before)
  }

  /// Writes it. Throws the store's error; the file is then as it was.
  ///
  /// - Parameter breaksHardLinks: whether a file with several names may be replaced under this one.
  package func apply(breaksHardLinks: Bool) throws {
    guard isChanged else { return }
    try FileStore(path, breaksHardLinks: breaksHardLinks).update(createIfAbsent: false) { found in
      guard found.hasSameBytes(as: before) else { throw StoreError.changed(path) }
      found = document
    }
  }
}
