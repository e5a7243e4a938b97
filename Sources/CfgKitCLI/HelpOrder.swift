/// The order of a page of help: what is the verb's own comes before what it has of some kind, and what every verb has last. The parser
/// renders titled groups before all others.
enum HelpOrder {
  /// The page, in that order, without a line end at its end.
  static func ownFirst(_ page: String) -> String {
    var blocks = page.split(separator: "\n\n").map { String($0) }
    if let last = blocks.popLast() { blocks.append(last.hasSuffix("\n") ? String(last.dropLast()) : last) }
    // Sorting keeps the order of those of one rank.
    return blocks.sorted { rank(of: $0) < rank(of: $1) }.joined(separator: "\n\n")
  }

  private static func rank(of block: String) -> Int {
    guard let title = block.split(separator: "\n").first else { return 0 }
    switch title {
    case "ARGUMENTS:": return 0
    case "OPTIONS:": return 1
    case "OPTIONS OF EVERY VERB:": return 3
    case _ where title.hasPrefix("  See 'cfgkit help"): return 4
    // A paragraph of the overview, or a titled group.
    default: return title.hasSuffix(":") && title == title.uppercased() ? 2 : 0
    }
  }
}
