import SystemPackage

/// A JavaScript or TypeScript file as text, without the lines that are comments: what is said of it is a guess.
struct ScriptSource: Sendable {
  /// How messages name the file.
  let shownPath: String
  /// The text; comment lines are empty.
  let text: String

  /// The usual main files of a project and of its `src` and `server` folders, in alphabetical order.
  static func all(in root: FilePath) -> [ScriptSource] {
    ["", "src", "server"].flatMap { folder -> [ScriptSource] in
      let place = folder.isEmpty ? root : root.appending(folder)
      return FolderListing.names(in: place).filter(isScript).compactMap { name in
        let path = place.appending(name)
        return ProjectFile.text(at: path).map {
          ScriptSource(shownPath: ShownPath.of(path), text: uncommented($0))
        }
      }
    }
  }

  private static func isScript(_ name: String) -> Bool {
    [".js", ".mjs", ".cjs", ".ts", ".mts"].contains(where: name.hasSuffix) && !name.hasSuffix(".d.ts")
  }

  private static func uncommented(_ text: String) -> String {
    ProjectFile.lines(of: text).map { line in
      let code = line.drop { $0 == " " || $0 == "\t" }
      return code.hasPrefix("//") || code.hasPrefix("*") || code.hasPrefix("/*") ? "" : String(line)
    }.joined(separator: "\n")
  }

  /// The first line that holds a text, from 1; nil if none does.
  func line(of text: String) -> Int? {
    ProjectFile.lines(of: self.text).firstIndex { $0.contains(text) }.map { $0 + 1 }
  }
}
