package import CfgKitDotEnv
package import SystemPackage

/// One `.env` file of a project, or the document of a store in their place, read but not yet judged.
package struct SourceFile: Sendable {
  /// Where it is changed; nil for standard input.
  package let store: (any DocumentStore)?
  /// How messages name it.
  package let shownPath: String
  /// Its bytes and entries.
  package let document: Document
  /// Its values and diagnostics.
  package let reading: Reading

  /// The file at `path` with this document; `-` is standard input.
  init(_ path: FilePath, _ document: Document, _ options: Project.Options, _ schema: Schema) {
    let store = path == "-" ? nil : FileStore(path, breaksHardLinks: options.breaksHardLinks)
    self.init(store, ShownPath.of(path), document, options, schema)
  }

  /// The document of a store.
  init(_ store: any DocumentStore, _ document: Document, _ options: Project.Options, _ schema: Schema) {
    self.init(store, store.name, document, options, schema)
  }

  /// Read as the options say, and held against the dialects that they or the schema name.
  private init(
    _ store: (any DocumentStore)?, _ shownPath: String, _ document: Document, _ options: Project.Options,
    _ schema: Schema
  ) {
    self.store = store
    self.shownPath = shownPath
    self.document = document
    reading = document.read(
      options.isCompatible ? .compatible : .strict, environment: options.environment,
      dialects: options.dialects.union(schema.dialects))
  }

  /// The same document, read anew.
  func read(_ options: Project.Options, _ schema: Schema) -> SourceFile {
    SourceFile(store, shownPath, document, options, schema)
  }

  /// The file, on whose mode, links and neighbours there is something to say; nil for standard input and the document of a store.
  package var path: FilePath? { (store as? FileStore)?.path }

  /// The effective entry of a key: the last, or nil.
  package func lastEntry(for key: String) -> Entry? { reading.lastEntry(for: key) }

  /// The place of an entry's key.
  package func place(of entry: Entry) -> Location {
    Location(path: shownPath, range: entry.keyRange, in: document)
  }
}
