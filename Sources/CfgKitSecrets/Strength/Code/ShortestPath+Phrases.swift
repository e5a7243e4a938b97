extension ShortestPath {
  private static let longestChain = 48
  private static let longestStep = 64

  /// Finds the longest preset phrase that starts at a position, or after the separator there.
  func findPhrases(_ position: Int) {
    findPhrase(from: position, position, after: nil)
    if text.isSeparator(position) { findPhrase(from: position, position + 1, after: text.units[position]) }
  }

  @inline(__always)
  private func findPhrase(from position: Int, _ start: Int, after separator: UInt16?) {
    let size = PresetPhrases.keyLength
    guard start + size <= text.count else { return }
    // The first four letters may have one separator between them.
    let key = text.plain.four(start)
    if phrases.mayHold(key) { offerLongest(from: position, start, after: separator, key) }
    guard start + size < text.count, let gap = firstSeparator(inFourFrom: start) else { return }
    // The fifth letter comes in for the separator, and those behind it move up.
    let kept = (UInt32(1) << UInt32(8 * gap)) - 1
    let moved = text.plain.four(start + 1)
    let other = key & kept | moved & ~kept
    if phrases.mayHold(other) { offerLongest(from: position, start, after: separator, other) }
  }

  /// Where the first separator is among the three units after a start.
  @inline(__always)
  private func firstSeparator(inFourFrom start: Int) -> Int? {
    // Symbols are below 0x80: adding 0x7F sets the high bit of every byte that is not 0.
    let others = (text.symbols.four(start) ^ UInt32(Letter.separatorSymbol) &* 0x0101_0101) &+ 0x7F7F_7F7F
    let found = ~others & 0x8080_8000
    return found == 0 ? nil : found.trailingZeroBitCount / 8
  }

  private func offerLongest(from position: Int, _ start: Int, after separator: UInt16?, _ key: UInt32) {
    var longest = 0
    var best = -1
    var depth = 0
    for candidate in phrases.candidates(key) {
      let offset = phrases.offset(candidate, key)
      guard offset >= 0 else { continue }
      let end = compare(start, offset, after: separator, offeringFrom: nil)
      if end > longest {
        longest = end
        best = offset
      }
      depth += 1
      if depth == Self.longestChain { break }
    }
    if best >= 0 { _ = compare(start, best, after: separator, offeringFrom: position) }
  }

  /// Compares a phrase with the text, offering each length from four letters on if told from where.
  ///
  /// - Returns: one past the last unit that agrees.
  private func compare(
    _ start: Int, _ offset: Int, after separator: UInt16?, offeringFrom position: Int?
  ) -> Int {
    var index = start
    var letter = offset
    var joint = separator
    var isJointKnown = separator != nil
    var spelling = Spelling()
    while index < text.count, letter < phrases.count {
      let (preset, isAfterBlank) = phrases.letter(letter)
      let isWordStart = letter > offset && isAfterBlank
      if isWordStart {
        let unit = text.units[index]
        if !isJointKnown {
          isJointKnown = true
          joint = Letter.isSeparator(unit) && unit != preset ? unit : nil
        }
        if let joint {
          guard unit == joint, index + 1 < text.count else { break }
          index += 1
        }
      }
      let lower = text.lower[index]
      guard Letter.withoutAccent(lower) == Letter.withoutAccent(preset) else { break }
      guard spelling.add(text.units[index], lower, preset, isWordStart) else { break }
      index += 1
      letter += 1
      let length = letter - offset
      if let position, length >= PresetPhrases.keyLength, length <= Self.longestStep {
        offerPhrase(index, length, joint, spelling, offset, from: position)
      }
    }
    if let position, letter - offset > Self.longestStep {
      offerPhrase(index, letter - offset, joint, spelling, offset, from: position)
    }
    return index
  }

  private func offerPhrase(
    _ end: Int, _ length: Int, _ joint: UInt16?, _ spelling: Spelling, _ offset: Int, from position: Int
  ) {
    var total =
      best[position] + Share.phrase + Share.phraseOffset + Cost.gamma(length - 3)
      + spelling.cost(phraseCase)
    if let joint {
      total += jointCost(joint) + Share.leadingSeparator
    } else {
      total += noJointCost
    }
    offer(end, total, phrases.kind(offset, length), from: position)
  }

  /// How the letters of a phrase are written.
  private struct Spelling {
    private var letterCount: Int32 = 0
    private var isLower = true
    private var isUpper = true
    private var isTitle = true
    private var isCamel = true
    private var isSentence = true
    private var hasAccents = false
    private var isPlain = true
    private var isAccented = true

    /// False if the letter's accent is neither dropped nor kept throughout.
    mutating func add(_ unit: UInt16, _ lower: UInt16, _ preset: UInt16, _ isWordStart: Bool) -> Bool {
      if preset >= 0x80, Letter.withoutAccent(preset) != preset {
        hasAccents = true
        isPlain = isPlain && lower != preset
        isAccented = isAccented && lower == preset
      }
      // Of a letter that has no case, or of another accent than the preset's, nothing is known.
      if lower != preset, lower >= 0x80 { return false }
      guard unit != lower || Letter.isASCIILetter(lower) || lower >= 0x80 else {
        return isPlain || isAccented
      }
      let isFirst = letterCount == 0
      letterCount += 1
      if unit == lower {
        isUpper = false
        if isFirst { isSentence = false }
        if isFirst || isWordStart { isTitle = false }
        if !isFirst, isWordStart { isCamel = false }
      } else {
        isLower = false
        if !isFirst { isSentence = false }
        if !isFirst, !isWordStart { isTitle = false }
        if isFirst || !isWordStart { isCamel = false }
      }
      return isPlain || isAccented
    }

    func cost(_ shares: Share.PhraseCase) -> Int32 {
      var cost = shares.mixed + Int32(truncatingIfNeeded: letterCount) * 256
      if isLower { cost = min(cost, shares.lower) }
      if isUpper { cost = min(cost, shares.upper) }
      if isTitle { cost = min(cost, shares.title) }
      if isCamel { cost = min(cost, shares.camel) }
      if isSentence { cost = min(cost, shares.sentence) }
      return cost + (hasAccents ? Share.accents : 0)
    }
  }
}
