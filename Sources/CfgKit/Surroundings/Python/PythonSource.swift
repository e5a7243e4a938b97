import SystemPackage

/// A Python file as text, without comments and docstrings: what is said of it is a guess.
struct PythonSource: Sendable {
  /// A statement, which may go over several lines.
  struct Statement: Sendable, Hashable {
    /// The line it begins on.
    let line: Int
    /// Its text without comments, on one line.
    let text: String
  }

  /// How messages name the file.
  let shownPath: String
  /// The statements in their order.
  let statements: [Statement]

  /// The source files below a folder, in alphabetical order; no environments, no caches, no hidden folders.
  static func all(below root: FilePath) -> [PythonSource] {
    var found: [PythonSource] = []
    var open = [(root, 0)]
    while let (folder, depth) = open.popLast(), found.count < fileLimit {
      var folders: [(FilePath, Int)] = []
      for name in FolderListing.names(in: folder) {
        let path = folder.appending(name)
        if name.hasSuffix(".py") {
          if let text = ProjectFile.text(at: path) {
            found.append(PythonSource(shownPath: ShownPath.of(path), text: text))
          }
        } else if depth < depthLimit, !name.hasPrefix("."), !skipped.contains(name),
          (try? path.stat(followTargetSymlink: false))?.type == .directory,
          (try? ProjectSearch.exists(path.appending("pyvenv.cfg"))) == false
        {
          folders.append((path, depth + 1))
        }
      }
      open += folders.reversed()
    }
    return found
  }

  private static let skipped: Set<String> = [
    "node_modules", "__pycache__", "site-packages", "build", "dist", "vendor",
  ]
  private static let fileLimit = 4_000
  private static let depthLimit = 12

  init(shownPath: String, text: String) {
    self.shownPath = shownPath
    statements = PythonText.statements(in: text)
  }

  /// The top-level modules that it imports, in small letters.
  var importedModules: [String] {
    statements.compactMap { statement in
      let words = statement.text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," })
      guard words.count >= 2, words[0] == "import" || words[0] == "from" else { return nil }
      return words[1].split(separator: ".").first?.lowercased()
    }
  }

  /// Whether a statement holds the text.
  func contains(_ text: String) -> Bool { statements.contains { $0.text.contains(text) } }
}

/// Cuts Python's text into statements; strings are kept, comments and docstrings are left out.
private struct PythonText {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var depth = 0
  private var start = 1
  private var text: [UInt8] = []
  private var found: [PythonSource.Statement] = []

  static func statements(in text: String) -> [PythonSource.Statement] {
    var reader = PythonText(bytes: Array(text.utf8))
    reader.read()
    return reader.found
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read() {
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "#"):
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): string(byte)
      case UInt8(ascii: "\n"):
        line += 1
        index += 1
        if depth == 0 { finish() } else { put(UInt8(ascii: " ")) }
      case UInt8(ascii: "\\"):
        // A backslash at the end of a line joins the next one.
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") {
          line += 1
          index += 1
        }
        index += 1
      default:
        if "([{".utf8.contains(byte) { depth += 1 }
        if ")]}".utf8.contains(byte) { depth = max(0, depth - 1) }
        put(byte)
        index += 1
      }
    }
    finish()
  }

  private mutating func put(_ byte: UInt8) {
    if text.isEmpty {
      if byte == 0x20 || byte == 0x09 || byte == 0x0D { return }
      start = line
    }
    text.append(byte)
  }

  private mutating func finish() {
    if !text.isEmpty {
      found.append(PythonSource.Statement(line: start, text: String(decoding: text, as: UTF8.self)))
    }
    text = []
  }

  /// A string literal; one that is a statement of its own, a docstring, is left out.
  private mutating func string(_ quote: UInt8) {
    let isTriple = index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote
    let isDocumentation = isTriple && text.allSatisfy { "rRuUbB".utf8.contains($0) }
    if isDocumentation { text = [] }
    let width = isTriple ? 3 : 1
    let first = index
    index += width
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") { line += 1 }
        index = min(index + 2, bytes.count)
        continue
      }
      if bytes[index] == UInt8(ascii: "\n") {
        if !isTriple { break }
        line += 1
      }
      if bytes[index] == quote,
        !isTriple || (index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote)
      {
        index += width
        break
      }
      index += 1
    }
    if !isDocumentation {
      for byte in bytes[first..<index] { put(byte == UInt8(ascii: "\n") ? UInt8(ascii: " ") : byte) }
    }
  }
}
