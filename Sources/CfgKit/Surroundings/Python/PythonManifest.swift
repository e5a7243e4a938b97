import SystemPackage

/// The files with which Python projects say what they need, read without running any of them.
enum PythonManifest {
  /// The requirements of a project: `requirements*.txt`, `requirements/*.txt`, `pyproject.toml`.
  static func requirements(in folder: FilePath) -> [PythonRequirement] {
    files(in: folder).flatMap { path -> [PythonRequirement] in
      guard let text = ProjectFile.text(at: path) else { return [] }
      let shown = ShownPath.of(path)
      return path.lastComponent == "pyproject.toml"
        ? PythonProjectTable.requirements(in: text, path: shown) : listed(in: text, path: shown)
    }
  }

  private static func files(in folder: FilePath) -> [FilePath] {
    let isList = { (name: String) in name.hasPrefix("requirements") && name.hasSuffix(".txt") }
    let names = FolderListing.names(in: folder).filter { isList($0) || $0 == "pyproject.toml" }
    let inner = folder.appending("requirements")
    return names.map { folder.appending($0) }
      + FolderListing.names(in: inner).filter { $0.hasSuffix(".txt") }.map { inner.appending($0) }
  }

  /// The lines of a requirements file; options of pip are no requirements.
  static func listed(in text: String, path: String) -> [PythonRequirement] {
    let isMain = path.hasSuffix("requirements.txt") || path.hasSuffix("requirements/base.txt")
    return ProjectFile.lines(of: text).enumerated().compactMap { index, line in
      let code = withoutComment(line)
      guard code.first != "-" else { return nil }
      // Options such as --hash stand behind the requirement.
      let words = code.split(separator: " --", maxSplits: 1).first ?? code
      var requirement = PythonRequirement(
        words.hasSuffix("\\") ? words.dropLast() : words,
        location: Location(path: path, line: index + 1, column: 1))
      requirement?.isOptional = !isMain
      return requirement
    }
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    let text = line.drop { $0.isWhitespace }
    if text.first == "#" { return "" }
    var previous: Character = " "
    for index in text.indices {
      if text[index] == "#", previous.isWhitespace { return text[..<index] }
      previous = text[index]
    }
    return text
  }

  /// The names that a manifest asks for, normalised; any file of the project that names packages.
  static func packages(named file: String, _ text: String) -> [String] {
    if file.hasSuffix(".txt") || file.hasSuffix(".in") { return listed(in: text, path: file).map(\.name) }
    return ProjectFile.lines(of: text).flatMap(words)
  }

  /// The top-level modules that a source file imports.
  static func imports(_ text: String) -> [String] {
    ProjectFile.lines(of: text).compactMap { line in
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," })
      guard words.count >= 2, words[0] == "import" || words[0] == "from" else { return nil }
      return words[1].split(separator: ".").first.map { $0.lowercased() }
    }
  }

  /// Every name that opens a quoted text or stands before an `=`, as TOML and setup.cfg write requirements.
  private static func words(_ line: Substring) -> [String] {
    let code = line.prefix { $0 != "#" }
    let quoted = code.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\"" || $0 == "'" })
      .enumerated()
      .filter { $0.offset % 2 == 1 }
      .map { PackageName.normalised($0.element.prefix(while: PackageName.isPart)) }
    let bare = code.drop { $0 == " " || $0 == "\t" }.prefix(while: PackageName.isPart)
    return quoted + [PackageName.normalised(bare)]
  }
}
