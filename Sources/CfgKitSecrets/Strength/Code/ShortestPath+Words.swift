extension ShortestPath {
  /// Finds every token that starts at a position.
  func findTokens(_ position: Int) {
    if text.isSeparator(position) {
      offer(
        position + 1, best[position] + Share.separator + Self.separatorCost(text.units[position]), .separator,
        from: position)
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
    if text.isSeparator(position) {
      // A sign may be a letter in disguise; what it stands for is looked up both ways.
      if text.letters[position] != 0 {
        findWords(from: position, position, best[position] + Share.word + noJointCost)
      }
      joint = jointCost(text.units[position])
      start += 1
    }
    guard start < text.count else { return }
    findWords(from: position, start, best[position] + Share.word + joint)
  }

  private func findWords(from position: Int, _ start: Int, _ base: Int32) {
    // One and the exclamation mark stand for i and for l.
    if spellWords(from: position, start, base, reading: 0) {
      _ = spellWords(from: position, start, base, reading: 1)
    }
  }

  /// Finds the words of one reading.
  ///
  /// - Returns: whether there was another reading of what was looked at.
  private func spellWords(from position: Int, _ start: Int, _ base: Int32, reading: Int) -> Bool {
    guard start + 1 < text.count else { return false }
    var isAmbiguous = false
    let first = letter(start, reading, &isAmbiguous)
    guard first != 0 else { return isAmbiguous }
    let second = letter(start + 1, reading, &isAmbiguous)
    guard second != 0 else { return isAmbiguous }
    var spelled = SpelledWord()
    if let word = words.word(first - 1, second - 1) {
      spell(start + 2, &spelled, start, reading)
      offerWord(from: position, start + 2, base + word.cost, spelled, word.isPlaceholder)
    }
    guard start + 2 < text.count else { return isAmbiguous }
    let third = letter(start + 2, reading, &isAmbiguous)
    guard third != 0, var list = words.words(first - 1, second - 1, third - 1) else { return isAmbiguous }
    var matched = 3
    while list.advance() {
      // It differs from the text where the word before did, or further on than the words after it do.
      if list.sharedCount > matched { continue }
      if list.sharedCount < matched { break }
      var index = 0
      while index < list.count, start + matched < text.count,
        letter(start + matched, reading, &isAmbiguous) == Int(list.letter(index)) - 0x60
      {
        matched += 1
        index += 1
      }
      guard index == list.count else { continue }
      spell(start + matched, &spelled, start, reading)
      offerWord(from: position, start + matched, base + list.cost, spelled, list.isPlaceholder)
    }
    return isAmbiguous
  }

  /// The letter that a unit is or stands for, from 1 for a on, or 0.
  private func letter(_ index: Int, _ reading: Int, _ isAmbiguous: inout Bool) -> Int {
    let letter = text.letters[index]
    guard letter & Leet.ambiguous != 0 else { return Int(letter) }
    isAmbiguous = true
    return Int(reading == 0 ? letter & ~Leet.ambiguous : Leet.otherLetter)
  }

  private func offerWord(
    from position: Int, _ end: Int, _ cost: Int32, _ word: SpelledWord, _ isPlaceholder: Bool
  ) {
    offer(
      end, cost + word.cost(wordCase, afterLeet: hasLeet), isPlaceholder ? .placeholder : .word,
      from: position)
  }

  /// Notes how the letters of a word up to `end` are written, as far as they were not.
  private func spell(_ end: Int, _ word: inout SpelledWord, _ start: Int, _ reading: Int) {
    var isAmbiguous = false
    for index in (start + Int(word.count))..<end {
      let symbol = UInt8(truncatingIfNeeded: letter(index, reading, &isAmbiguous) - 1)
      let lower = text.lower[index]
      if Letter.isASCIILetter(lower) {
        word.add(symbol, isUpper: lower != text.units[index])
      } else {
        word.addLeet(symbol, lower)
      }
    }
  }

  /// How the letters of a word are written.
  private struct SpelledWord {
    private(set) var count: Int32 = 0
    private var upperCount: Int32 = 0
    private var leetCount: Int32 = 0
    private var isFirstUpper = false
    private var leetCost: Int32 = 0
    private var isAllDigits = true
    private var isAllSigns = true

    mutating func add(_ symbol: UInt8, isUpper: Bool) {
      if isUpper {
        if count == 0 { isFirstUpper = true }
        upperCount += 1
      }
      count += 1
      guard Leet.hasForm(symbol) else { return }
      leetCost += Share.leetKept
      if Leet.digit(symbol) != 0 {
        isAllDigits = false
        isAllSigns = false
      }
    }

    mutating func addLeet(_ symbol: UInt8, _ unit: UInt16) {
      count += 1
      leetCount += 1
      leetCost += Share.leetTaken
      if Leet.digit(symbol) != unit { isAllDigits = false }
      if Leet.sign(symbol) != unit { isAllSigns = false }
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
