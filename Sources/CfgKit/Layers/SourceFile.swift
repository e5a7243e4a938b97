package import CfgKitDotEnv
package import SystemPackage

/// One `.env` file of a project, read but not yet judged.
package struct SourceFile: Sendable {
  /// Where it is.
  package let path: FilePath
  /// How messages name it.
  package let shownPath: String
  /// Its bytes and entries.
  package let document: Document
  /// Its values and diagnostics.
  package let reading: Reading

  /// The file at `path` with this document, read as the options say, and held against the dialects that they or the schema name.
  init(_ path: FilePath, _ document: Document, _ options: Project.Options, _ schema: Schema) {
    self.path = path
    self.document = document
    shownPath = ShownPath.of(path)
    reading = document.read(
      options.isCompatible ? .compatible : .strict, environment: options.environment,
      dialects: options.dialects.union(schema.dialects))
  }

  /// The place of an entry's key.
  package func place(of entry: Entry) -> Location {
    Location(path: shownPath, keyOf: entry, in: document)
  }
}
