/// The words of the command line as they were given, read before any of them is parsed.
struct CommandLineWords {
  /// The words without the name of the program.
  let words: [String]

  /// Global options that take the next word as their value.
  private static let valued = Set(
    [
      "-C", "--directory", "-e", "--env", "-f", "--file", "--schema", "--format", "-o", "--output", "--color",
    ] + StoreOptions.valued)

  /// The place of the verb: the first word that is neither an option nor an option's value.
  var verbIndex: Int? { firstPlainWord(from: 0, valued: Self.valued) }

  /// The verb, or nil if there are only options.
  var verb: String? { verbIndex.map { words[$0] } }

  /// The words with a `--` before the command of `run`, so that nothing behind it is taken for an option of cfgkit.
  var parseable: [String] {
    guard let verbIndex, words[verbIndex] == "run",
      let command = firstPlainWord(
        from: verbIndex + 1, valued: Self.valued.union(["--only"] + WatchOptions.valued))
    else { return words }
    var parseable = words
    parseable.insert("--", at: command)
    return parseable
  }

  /// Whether nothing is asked for but the page that names the verbs.
  var askForHelpAlone: Bool { words.isEmpty || words == ["--help"] || words == ["-h"] || words == ["help"] }

  /// Whether JSON was asked for, even if the rest cannot be parsed.
  var asksForJSON: Bool {
    let options = words.prefix { $0 != "--" }
    return options.contains("--format=json")
      || zip(options, options.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }

  /// The argument of `--color`, even if the rest cannot be parsed.
  var colour: ColorChoice {
    let options = words.prefix { $0 != "--" }
    let joined = options.compactMap {
      $0.hasPrefix("--color=") ? String($0.dropFirst("--color=".count)) : nil
    }
    let apart = zip(options, options.dropFirst()).compactMap { $0 == "--color" ? $1 : nil }
    return (joined + apart).lazy.compactMap(ColorChoice.init(rawValue:)).first ?? .auto
  }

  /// Nil also if a `--` stands before any plain word.
  private func firstPlainWord(from start: Int, valued: Set<String>) -> Int? {
    var index = start
    while index < words.count {
      let word = words[index]
      if word == "--" { return nil }
      if valued.contains(word) {
        index += 2
      } else if word.hasPrefix("-"), word.utf8.count > 1 {
        index += 1
      } else {
        return index
      }
    }
    return nil
  }
}
