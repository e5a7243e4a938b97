/// The package names in the files with which Python projects say what they need.
enum PythonManifest {
  /// The names that a manifest asks for, normalised as PEP 503 does: lower case, runs of `-_.` as one `-`.
  static func packages(named file: String, _ text: String) -> [String] {
    let isList = file.hasSuffix(".txt") || file.hasSuffix(".in")
    return lines(text).flatMap { line in isList ? [requirement(line)].compactMap(\.self) : words(line) }
  }

  /// The top-level modules that a source file imports.
  static func imports(_ text: String) -> [String] {
    lines(text).compactMap { line in
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," })
      guard words.count >= 2, words[0] == "import" || words[0] == "from" else { return nil }
      return words[1].split(separator: ".").first.map { $0.lowercased() }
    }
  }

  /// The name at the start of a line of a requirements file.
  private static func requirement(_ line: Substring) -> String? {
    let trimmed = line.drop { $0 == " " || $0 == "\t" }
    guard let first = trimmed.first, first != "#", first != "-" else { return nil }
    return normalised(trimmed.prefix(while: isName))
  }

  /// Every name that opens a quoted text or stands before an `=`, as TOML and setup.cfg write requirements.
  private static func words(_ line: Substring) -> [String] {
    let code = line.prefix { $0 != "#" }
    let quoted = code.split(whereSeparator: { $0 == "\"" || $0 == "'" }, omittingEmpty: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { normalised($0.element.prefix(while: isName)) }
    let bare = code.drop { $0 == " " || $0 == "\t" }.prefix(while: isName)
    return quoted + [normalised(bare)]
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(whereSeparator: \.isNewline)
  }

  private static func isName(_ character: Character) -> Bool {
    character.isASCII
      && (character.isLetter || character.isNumber || character == "-" || character == "_"
        || character == ".")
  }

  private static func normalised(_ name: some StringProtocol) -> String {
    name.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" || $0 == "." }).joined(separator: "-")
  }
}

extension Substring {
  fileprivate func split(
    whereSeparator isSeparator: (Character) -> Bool, omittingEmpty: Bool
  ) -> [Substring] {
    split(maxSplits: .max, omittingEmptySubsequences: omittingEmpty, whereSeparator: isSeparator)
  }
}
