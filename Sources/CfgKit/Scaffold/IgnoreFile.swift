/// The block in `.gitignore` that keeps values out of the repository and the schema in it.
enum IgnoreFile {
  /// The lines of the block, between its marks.
  static let rules = [".env", ".env.*", "!.env.schema", "!.env.example"]

  private static let begin = "# cfgkit: values stay here, the schema is committed"
  private static let end = "# cfgkit: end"

  /// The file with the block: unchanged where the block or all its rules stand, else with it at the end.
  static func protecting(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes) else { return appended(to: bytes, eol: "\n") }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    let eol = text.contains("\r\n") ? "\r\n" : "\n"
    if let start = lines.firstIndex(of: begin), let stop = lines[start...].firstIndex(of: end) {
      if Array(lines[(start + 1)..<stop]) == rules { return bytes }
      lines.replaceSubrange((start + 1)..<stop, with: rules)
      return Array(lines.joined(separator: eol).utf8)
    }
    if inOrder(rules, in: lines) { return bytes }
    return appended(to: bytes, eol: eol)
  }

  private static func appended(to bytes: [UInt8], eol: String) -> [UInt8] {
    var result = bytes
    if let last = bytes.last {
      if last != UInt8(ascii: "\n") { result += Array(eol.utf8) }
      result += Array(eol.utf8)
    }
    return result + Array((([begin] + rules + [end]).joined(separator: eol) + eol).utf8)
  }

  /// Whether the rules stand there in this order; in git the last match counts.
  private static func inOrder(_ rules: [String], in lines: [String]) -> Bool {
    var rest = rules[...]
    for line in lines where line == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }
}
