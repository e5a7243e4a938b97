/// Inputs that made other readers quadratic, recursive or blind, and a few that could do so here.
/// The benchmarks use this file too, through a symbolic link: the tests say that they come through, the benchmarks how fast.
struct HostileInput: Sendable {
  let name: String
  let repeated: @Sendable (Int) -> String

  /// The input of about this many bytes.
  func bytes(_ size: Int) -> [UInt8] { Array(repeated(size).utf8) }

  private init(_ name: String, _ unit: String, after: String = "", before: String = "") {
    self.name = name
    repeated = { size in after + String(repeating: unit, count: max(1, size / unit.utf8.count)) + before }
  }

  private init(_ name: String, _ repeated: @escaping @Sendable (Int) -> String) {
    self.name = name
    self.repeated = repeated
  }

  static let all: [HostileInput] = [
    HostileInput("spaces", " "),
    HostileInput("newlines", "\n"),
    HostileInput("carriage returns", "\r"),
    HostileInput("lines that end in CR", "A=1\r"),
    HostileInput("hashes", "#"),
    HostileInput("comments", "#\n"),
    HostileInput("equals", "="),
    HostileInput("key letters", "k"),
    HostileInput("dollars", "$", after: "A="),
    HostileInput("open quote", "x", after: "A=\""),
    HostileInput("open single quote", "x\n", after: "A='"),
    HostileInput("backslashes", "\\", after: "A=\""),
    HostileInput("escaped quotes", "\\\"", after: "A=\""),
    HostileInput("escapes", "\\n", after: "A=\"", before: "\""),
    HostileInput("unknown escapes", "\\q", after: "A=\"", before: "\""),
    HostileInput("quotes", "\"", after: "A="),
    HostileInput("lines in quotes", "x\n", after: "A=\"", before: "\""),
    HostileInput("CRLF in quotes", "x\r\n", after: "A='", before: "'"),
    HostileInput("blanks inside a value", " ", after: "A=x", before: "y"),
    HostileInput("blanks before equals", " ", after: "A", before: "=1"),
    HostileInput("blank hashes", " #", after: "A="),
    HostileInput("glued hashes", "a#", after: "A="),
    HostileInput("exports", "export "),
    HostileInput("open expansions", "${", after: "A="),
    HostileInput("expansions", "${B}", after: "B=x\nA="),
    HostileInput("unset variables", "${B}", after: "A="),
    HostileInput("names", "$B", after: "B=x\nA="),
    HostileInput("commands", "$(", after: "A="),
    HostileInput("nested defaults") { size in
      "A=" + String(repeating: "${U:-", count: size / 6) + String(repeating: "}", count: size / 6)
    },
    HostileInput("open quotes on lines", "K=\"x\n"),
    HostileInput("closed quotes with text", "K=\"\"x\n"),
    HostileInput("one key", "K=1\n"),
    HostileInput("bad lines", "?\n"),
    HostileInput("lines without equals", "K\n"),
    HostileInput("warnings", "K = a b\n"),
    HostileInput("letters beyond ASCII", "é", after: "A="),
    HostileInput("invisible characters", "\u{200B}", after: "A="),
    HostileInput("different keys") { size in
      (0..<max(1, size / 12)).map { "KEY\($0)=1\n" }.joined()
    },
    HostileInput("references to the line above") { size in
      "A0=x\n" + (1...max(1, size / 14)).map { "A\($0)=${A\($0 - 1)}\n" }.joined()
    },
  ]
}
