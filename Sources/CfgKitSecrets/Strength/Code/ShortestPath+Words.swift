extension ShortestPath {
  /// Finds every token that starts at a position.
  func findTokens(_ position: Int) {
    let unit = text.units[position]
    if Letter.isSeparator(unit) {
      offer(
        position + 1, best[position] + Share.separator + Self.separatorCost(unit), .separator, from: position)
    }
    findRepeats(position)
    findWords(position)
    findPhrases(position)
    findRuns(position)
    findDates(position)
  }

  /// The cost of the separator at a position as a joint.
  private func jointCost(_ position: Int) -> Int32 {
    let unit = text.units[position]
    let new = Share.jointNew + Self.separatorCost(unit)
    return unit == lastSeparator ? min(Share.jointAsBefore, new) : new
  }

  /// Finds the words that start at a position, or after the separator there.
  private func findWords(_ position: Int) {
    var start = position
    var joint = Share.jointNothing
    if Letter.isSeparator(text.units[position]) {
      // A sign may be a letter in disguise; what it stands for is looked up both ways.
      if leetLetter(text.lower[position], 0) != 0 {
        findWords(from: position, position, best[position] + Share.word + Share.jointNothing)
      }
      joint = jointCost(position)
      start += 1
    }
    guard start < text.count else { return }
    findWords(from: position, start, best[position] + Share.word + joint)
  }

  private func findWords(from position: Int, _ start: Int, _ base: Int32) {
    spellWords(from: position, start, base, reading: 0)
    // One and the exclamation mark stand for i and for l.
    if text.hasAmbiguousLeet { spellWords(from: position, start, base, reading: 1) }
  }

  private func spellWords(from position: Int, _ start: Int, _ base: Int32, reading: Int) {
    guard start + 1 < text.count else { return }
    let first = letter(start, reading)
    let second = first == 0 ? 0 : letter(start + 1, reading)
    guard second != 0 else { return }
    var node = words.node(first, second)
    guard node != 0 else { return }
    var word = SpelledWord()
    note(start, first, &word)
    note(start + 1, second, &word)
    var end = start + 2
    while node != 0 {
      if let cost = words.cost(node) {
        offer(
          end, base + cost + word.cost, words.isPlaceholder(node) ? .placeholder : .word, from: position)
      }
      guard end < text.count else { return }
      let next = letter(end, reading)
      guard next != 0 else { return }
      node = words.next(node, next)
      note(end, next, &word)
      end += 1
    }
  }

  /// The letter that a unit is or stands for, or 0.
  private func letter(_ index: Int, _ reading: Int) -> UInt8 {
    let lower = text.lower[index]
    return Letter.isASCIILetter(lower) ? UInt8(truncatingIfNeeded: lower) : leetLetter(lower, reading)
  }

  /// Notes how a letter of a word is written.
  private func note(_ index: Int, _ letter: UInt8, _ word: inout SpelledWord) {
    let lower = text.lower[index]
    guard Letter.isASCIILetter(lower) else { return word.addLeet() }
    word.add(isUpper: lower != text.units[index], Self.hasLeetForm(letter) ? Share.leetKept : 0)
  }

  /// How the letters of a word are written.
  private struct SpelledWord {
    private var count: Int32 = 0
    private var upperCount: Int32 = 0
    private var leetCount: Int32 = 0
    private var isFirstUpper = false
    private var leetCost: Int32 = 0

    mutating func add(isUpper: Bool, _ leet: Int32) {
      if isUpper {
        if count == 0 { isFirstUpper = true }
        upperCount += 1
      }
      count += 1
      leetCost += leet
    }

    mutating func addLeet() {
      count += 1
      leetCount += 1
      leetCost += Share.leetTaken
    }

    var cost: Int32 {
      var cost = Share.mixed + count * 256
      if upperCount == 0 {
        cost = Share.lower
      } else if upperCount == count - leetCount {
        cost = min(cost, Share.upper)
      }
      if upperCount == 1, isFirstUpper { cost = min(cost, Share.capital) }
      return cost + (leetCount > 0 ? Share.leet + leetCost : Share.plain)
    }
  }

  /// Letters that have two forms in signs and digits.
  private static func hasLeetForm(_ letter: UInt8) -> Bool { 0x020C_4953 >> UInt32(letter - 0x61) & 1 != 0 }

  /// The letter that a digit or a sign stands for, or 0.
  private func leetLetter(_ unit: UInt16, _ reading: Int) -> UInt8 {
    switch unit {
    case 0x30: UInt8(ascii: "o")
    case 0x31, 0x21: reading == 0 ? UInt8(ascii: "i") : UInt8(ascii: "l")
    case 0x32: UInt8(ascii: "z")
    case 0x33: UInt8(ascii: "e")
    case 0x34, 0x40: UInt8(ascii: "a")
    case 0x35, 0x24: UInt8(ascii: "s")
    case 0x36: UInt8(ascii: "g")
    case 0x37, 0x2B: UInt8(ascii: "t")
    case 0x38: UInt8(ascii: "b")
    case 0x39: UInt8(ascii: "g")
    default: 0
    }
  }
}
