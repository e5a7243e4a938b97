import CfgKitDotEnv
import CfgKitSecrets

/// A `.env.schema` made of a `.env.example`: its values become samples, never defaults, never values.
enum ExampleSchema {
  /// The text of the schema. Comments stay; an entry with `# optional` on it or above it becomes optional.
  static func text(from example: Document, sensitive isSensitive: (String) -> Bool) -> String {
    let reading = example.read(.compatible)
    let entries = Array(example.entries)
    var text = """
      # Commit this file; values go in .env, which is not committed.
      # @defaultRequired=true @defaultSensitive=false
      # ---


      """
    var declared: Set<String> = []
    for line in example.lines {
      switch line.kind {
      case .blank: text += "\n"
      case .malformed: continue
      case .comment:
        guard let comment = example.comment(of: line), !isOptionalMark(comment) else { continue }
        text += plain(comment) + "\n"
      case .entry:
        guard let index = line.entryIndex else { continue }
        let entry = entries[index]
        let key = example.key(of: entry)
        guard declared.insert(key).inserted else { continue }
        text += decorators(of: entry, in: example, reading, isSensitive(key))
        text += "\(key)=\n"
      }
    }
    return text
  }

  private static func decorators(
    of entry: Entry, in example: Document, _ reading: Reading, _ isSensitive: Bool
  ) -> String {
    var words: [String] = []
    let above = commentAbove(entry, in: example)
    if [example.trailingComment(of: entry), above].compactMap(\.self).contains(where: isOptionalMark) {
      words.append("@optional")
    }
    if isSensitive || reading.withValue(of: entry, hasPassword) == true { words.append("@sensitive") }
    let value = reading.withValue(of: entry) { span in
      unsafe span.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
    let mayBeReal = reading.withValue(of: entry) { Self.mayBeReal($0, isSensitive) } == true
    if let value, !value.isEmpty, !mayBeReal, let quoted = quoted(value) {
      words.append("@example=\(quoted)")
    }
    return words.isEmpty ? "" : "# \(words.joined(separator: " "))\n"
  }

  private static func hasPassword(_ bytes: borrowing RawSpan) -> Bool {
    URLParts(bytes)?.password?.isEmpty == false
  }

  /// Whether a sample may be a real secret that was put into the example by mistake. The schema is committed, so that only what no
  /// one would take for a secret goes there.
  private static func mayBeReal(_ bytes: borrowing RawSpan, _ isSensitive: Bool) -> Bool {
    if let password = URLParts(bytes)?.password, !password.isEmpty {
      return mayBeReal(bytes.extracting(password))
    }
    return isSensitive && mayBeReal(bytes)
  }

  private static func mayBeReal(_ bytes: borrowing RawSpan) -> Bool {
    let estimate = StrengthEstimator(policy: .key).estimate(bytes)
    return estimate.weakness != .placeholder && estimate.weakness != .known && estimate.bits >= 40
  }

  private static func commentAbove(_ entry: Entry, in example: Document) -> String? {
    let index = example.lineIndex(of: entry)
    guard index > 0 else { return nil }
    let lines = example.lines
    let line = lines[lines.index(lines.startIndex, offsetBy: index - 1)]
    return line.kind == .comment ? example.comment(of: line) : nil
  }

  private static func isOptionalMark(_ comment: String) -> Bool {
    let words = comment.drop { $0 == "#" || $0 == " " || $0 == "\t" }
    return words.lowercased() == "optional"
  }

  /// A comment that no reader of schemas takes for a decorator, a divider or a pragma.
  private static func plain(_ comment: String) -> String {
    let words = comment.drop { $0 == "#" || $0 == " " || $0 == "\t" }
    if words.isEmpty || words.allSatisfy({ $0 == "-" || $0 == "=" }) { return "#" }
    return words.hasPrefix("@") || words.hasPrefix("cfgkit:") ? "# (\(words))" : "# \(words)"
  }

  /// The sample between double quotes; nil if it has what a decorator cannot hold.
  private static func quoted(_ value: String) -> String? {
    let isPlain = value.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0 != "\"" && $0 != "\\" && $0.value != 0x7F
    }
    return isPlain ? "\"\(value)\"" : nil
  }
}
