/// The common words as a tree of letters, which is made at first use.
struct CommonWords: Sendable {
  /// The children of a node follow one another as siblings; 0 is none.
  private let letters: Row<UInt8>
  private let children: Row<UInt16>
  private let siblings: Row<UInt16>
  private let costs: Row<UInt8>
  /// The nodes of two letters, in 26 rows of 26.
  private let pairs: Row<UInt16>

  static let shared = CommonWords()

  private static let flag: UInt8 = 1 << 7
  /// The least cost of a word, in quarter bits.
  private static let leastCost = 12

  private init() {
    let text = TableText(Self.text)
    var nodeCount = 1
    // No word adds more nodes than it has letters.
    letters = .lasting(text.count + 1, 0)
    children = .lasting(text.count + 1, 0)
    siblings = .lasting(text.count + 1, 0)
    costs = .lasting(text.count + 1, 0)
    pairs = .lasting(26 * 26, 0)
    var path = [Int](repeating: 0, count: 64)
    var depth = 0
    var spelled = 0
    var index = 0
    while index < text.count {
      let octet = text[index]
      if octet &- 0x61 < 26 {
        if depth < spelled, Int(letters[path[depth + 1]]) == Int(octet) {
          depth += 1
        } else {
          let node = nodeCount
          nodeCount += 1
          letters[node] = octet
          if depth < spelled {
            siblings[path[depth + 1]] = UInt16(node)
          } else {
            children[path[depth]] = UInt16(node)
          }
          depth += 1
          path[depth] = node
          spelled = depth
          if depth == 2 { pairs[Int(letters[path[1]] - 0x61) * 26 + Int(octet - 0x61)] = UInt16(node) }
        }
        index += 1
        continue
      }
      costs[path[depth]] = octet - 0x30 + UInt8(Self.leastCost)
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "`") {
        costs[path[depth]] |= Self.flag
        index += 1
      }
      spelled = depth
      depth = 0
    }
  }

  /// The node of two lowercase letters, or 0. No word is shorter.
  func node(_ first: UInt8, _ second: UInt8) -> Int {
    Int(pairs[Int(first - 0x61) * 26 + Int(second - 0x61)])
  }

  /// The node after `node` by a lowercase letter, or 0.
  func next(_ node: Int, _ letter: UInt8) -> Int {
    var child = Int(children[node])
    while child != 0, letters[child] != letter { child = Int(siblings[child]) }
    return child
  }

  /// -log2 of the share of the word that ends at a node, or nil.
  func cost(_ node: Int) -> Int32? {
    let cost = costs[node] & ~Self.flag
    return cost == 0 ? nil : Int32(cost) * 64
  }

  /// Whether placeholders are made of the word that ends at a node.
  func isPlaceholder(_ node: Int) -> Bool { costs[node] & Self.flag != 0 }
}
