import SystemPackage

/// A Dockerfile as far as it matters to secrets: its instructions, each with its line.
struct Dockerfile: Sendable {
  /// One instruction.
  struct Instruction: Sendable, Hashable {
    /// `COPY`, in capitals.
    let name: String
    /// The words behind it, flags such as `--from=build` too.
    let words: [String]
    /// The line it begins on.
    let line: Int
  }

  /// Where it is.
  let path: FilePath
  /// The instructions in their order.
  let instructions: [Instruction]

  /// The Dockerfiles in a folder, which is then the context of a build.
  static func all(in folder: FilePath) -> [Dockerfile] {
    FolderListing.names(in: folder).filter(isName).compactMap { name in
      let path = folder.appending(name)
      return ProjectFile.text(at: path).map { Dockerfile(path: path, text: $0) }
    }
  }

  private static func isName(_ name: String) -> Bool {
    if name.hasSuffix(".dockerignore") { return false }
    return ["Dockerfile", "Containerfile"].contains(name) || name.hasPrefix("Dockerfile.")
      || name.hasSuffix(".Dockerfile")
  }

  init(path: FilePath, text: String) {
    self.path = path
    var instructions: [Instruction] = []
    var open: (start: Int, text: String)?
    for (index, line) in ProjectFile.lines(of: text).enumerated() {
      let words = line.drop { $0 == " " || $0 == "\t" }
      if words.first == "#" || (words.isEmpty && open == nil) { continue }
      let continues = line.hasSuffix("\\")
      let part = continues ? String(words.dropLast()) : String(words)
      let whole = (open.map { $0.text + " " } ?? "") + part
      let start = open?.start ?? index + 1
      if continues {
        open = (start, whole)
      } else {
        open = nil
        if let instruction = Self.instruction(whole, line: start) { instructions.append(instruction) }
      }
    }
    self.instructions = instructions
  }

  private static func instruction(_ text: String, line: Int) -> Instruction? {
    let isSeparator = { (character: Character) in character == " " || character == "\t" }
    guard let name = text.split(maxSplits: 1, whereSeparator: isSeparator).first else { return nil }
    let rest = text.dropFirst(name.count).drop(while: isSeparator)
    // `COPY [".", "/app"]` says the same as `COPY . /app`; flags stand before the list.
    let list = rest.split(whereSeparator: isSeparator).first { !$0.hasPrefix("--") }
    let isList = list?.hasPrefix("[") == true
    let words = rest.split { isSeparator($0) || (isList && ",[]\"".contains($0)) }
    return Instruction(name: name.uppercased(), words: words.map(String.init), line: line)
  }

  /// An instruction that takes a file of the context into the image.
  struct Copy: Sendable, Hashable {
    let instruction: Instruction
    /// The path or pattern that names the file, or a folder around it.
    let source: String
    /// Whether it names a folder, or all that lies in one, so that it goes on without the file.
    let takesFolder: Bool
  }

  /// The first instruction that takes a file of the context into the image; `names` are the parts of its path there.
  func copy(of names: [String]) -> Copy? {
    for instruction in instructions where instruction.name == "COPY" || instruction.name == "ADD" {
      guard !instruction.words.contains(where: { $0.hasPrefix("--from=") }) else { continue }
      let paths = instruction.words.filter { !$0.hasPrefix("--") }.map { word in
        String(word.drop { "\"'".contains($0) }.reversed().drop { "\"'".contains($0) }.reversed())
      }
      for source in paths.dropLast() {
        let parts = source.split(separator: "/").filter { $0 != "." }
        let pattern = PathPattern(parts.joined(separator: "/"))
        let depth = (0...names.count).first { depth in
          parts.isEmpty ? depth == 0 : pattern.matches(Array(names[..<depth]))
        }
        guard let depth else { continue }
        return Copy(
          instruction: instruction, source: source, takesFolder: depth < names.count || parts.last == "*")
      }
    }
    return nil
  }

  /// The names that `ENV` and `ARG` set, each with its line.
  var variables: [(instruction: String, name: String, line: Int)] {
    instructions.flatMap { instruction -> [(instruction: String, name: String, line: Int)] in
      let names: [Substring]
      switch instruction.name {
      case "ARG": names = instruction.words.compactMap { $0.split(separator: "=").first }
      case "ENV" where instruction.words.first?.contains("=") == true:
        names = instruction.words.filter { $0.contains("=") }.compactMap { $0.split(separator: "=").first }
      case "ENV": names = instruction.words.prefix(1).map { $0[...] }
      default: names = []
      }
      return names.map { (instruction.name, String($0), instruction.line) }
    }
  }
}
