import CfgKitDotEnv
public import SystemPackage

extension Schema {
  /// Reads the text of a `.env.schema`; what is wrong with it is in `problems`.
  ///
  /// - Parameters:
  ///   - text: the text; `@import` finds nothing.
  ///   - path: how locations name it.
  public init(parsing text: String, path: String = ".env.schema") {
    self = SchemaParser.parse(Document(Array(text.utf8)), path: path)
  }

  /// Reads a `.env.schema`, or a `.env.example` by its name; what is wrong with it is in `problems`.
  ///
  /// - Throws: `ProjectError` if the file cannot be read.
  public init(contentsOf path: FilePath) throws(ProjectError) {
    try self.init(
      contentsOf: path, by: SourceReader(), inside: ShownPath.absolute(path).removingLastComponent())
  }

  /// Reads a schema whose imports are inside `root`.
  init(contentsOf path: FilePath, by reader: SourceReader, inside root: FilePath) throws(ProjectError) {
    let (document, shownPath) = try reader.schema(at: path)
    self = SchemaParser.parse(
      document, path: shownPath, isExample: ProjectSearch.isExample(path),
      importer: { target in reader.imported(target, beside: path, inside: root) })
  }
}
