/// Random files of what the grammar of `.env` files is made of.
enum Fragments {
  private static let keys = ["A", "B", "a", "CK_HOST", "CK_EMPTY", "A.b", "A-b"]
  private static let befores = ["", "", "", "", " ", "\t", "export ", "export\t"]
  private static let equals = ["=", "=", "=", "=", " =", "= ", "\t=\t"]
  private static let behind = ["", "", "", " ", " # c", "# c", "\t# it's"]
  private static let lineEnds = ["\n", "\n", "\n", "\r\n", "\r"]
  private static let pieces = [
    "x", "y z", "1", "é", "e\u{301}", "\u{A0}", "\u{200B}", "#", " # c", "'", "`", "=", "\\", "\\\\", "\\n",
    "\\r", "\\t", "\\q", "\\$",
    "\\\"", "$", "$$", "$1", "$(x)", "$A", "${A}", "${B:-d e}", "${CK_HOST}", "${CK_EMPTY:-${A}}", "${A+\\$}",
    "${U:?}", "${U}", "${", "}",
    "${A%x}", "\n", "\r\n", "\r", "\\\n", "\\\r\n",
  ]

  /// The bytes of a file of one to four lines.
  static func file(_ generator: inout SeededGenerator) -> [UInt8] {
    let lines = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      pick(befores, &generator) + pick(keys, &generator) + pick(equals, &generator) + value(&generator)
        + pick(lineEnds, &generator)
    }
    return Array(lines.joined().utf8)
  }

  private static func value(_ generator: inout SeededGenerator) -> String {
    let text = (0..<Int.random(in: 0...4, using: &generator)).map { _ in pick(pieces, &generator) }.joined()
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return "'" + text.replacing("'", with: "") + "'" + pick(behind, &generator)
    case 1: return "\"" + text + "\"" + pick(behind, &generator)
    default: return text.replacing("\r\n", with: "").replacing("\n", with: "").replacing("\r", with: "")
    }
  }

  private static func pick(_ choices: [String], _ generator: inout SeededGenerator) -> String {
    choices.randomElement(using: &generator) ?? ""
  }
}
