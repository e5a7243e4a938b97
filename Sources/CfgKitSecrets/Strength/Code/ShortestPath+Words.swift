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

  /// Finds the words that start at a position, or after the separator there.
  private func findWords(_ position: Int) {
    var start = position
    var joint = noJointCost
    if Letter.isSeparator(text.units[position]) {
      // A sign may be a letter in disguise; what it stands for is looked up both ways.
      if Leet.letter(text.lower[position], 0) != 0 {
        findWords(from: position, position, best[position] + Share.word + noJointCost)
      }
      joint = jointCost(text.units[position])
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
          end, base + cost + word.cost(wordCase, afterLeet: hasLeet),
          words.isPlaceholder(node) ? .placeholder : .word, from: position)
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
    return Letter.isASCIILetter(lower) ? UInt8(truncatingIfNeeded: lower) : Leet.letter(lower, reading)
  }

  /// Notes how a letter of a word is written.
  private func note(_ index: Int, _ letter: UInt8, _ word: inout SpelledWord) {
    let lower = text.lower[index]
    if Letter.isASCIILetter(lower) {
      word.add(letter, isUpper: lower != text.units[index])
    } else {
      word.addLeet(letter, lower)
    }
  }

  /// How the letters of a word are written.
  private struct SpelledWord {
    private var count: Int32 = 0
    private var upperCount: Int32 = 0
    private var leetCount: Int32 = 0
    private var isFirstUpper = false
    private var leetCost: Int32 = 0
    private var isAllDigits = true
    private var isAllSigns = true

    mutating func add(_ letter: UInt8, isUpper: Bool) {
      if isUpper {
        if count == 0 { isFirstUpper = true }
        upperCount += 1
      }
      count += 1
      guard Leet.hasForm(letter - UInt8(ascii: "a")) else { return }
      leetCost += Share.leetKept
      if Leet.digit(letter) != 0 {
        isAllDigits = false
        isAllSigns = false
      }
    }

    mutating func addLeet(_ letter: UInt8, _ unit: UInt16) {
      count += 1
      leetCount += 1
      leetCost += Share.leetTaken
      if Leet.digit(letter) != unit { isAllDigits = false }
      if Leet.sign(letter) != unit { isAllSigns = false }
    }

    func cost(_ shares: Share.WordCase, afterLeet: Bool) -> Int32 {
      var cost = shares.mixed + count * 256
      if upperCount == 0 {
        cost = min(cost, shares.lower)
      } else if upperCount == count - leetCount {
        cost = min(cost, shares.upper)
      }
      if upperCount == 1, isFirstUpper { cost = min(cost, shares.capital) }
      if leetCount == 0 { return cost + (afterLeet ? Share.plainAmongLeet : Share.plain) }
      var leet = (afterLeet ? Share.leetAgain : Share.leet) + leetCost
      if isAllDigits || isAllSigns { leet = min(leet, afterLeet ? Share.allLeetAgain : Share.allLeet) }
      return cost + leet
    }
  }
}
