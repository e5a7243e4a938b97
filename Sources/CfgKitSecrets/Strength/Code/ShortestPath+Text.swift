/// The text state: how likely a character is after two others in what people write, with the words of it apart or joined.
extension ShortestPath {
  /// The symbols of the two characters before a position.
  @inline(__always)
  func symbols(before position: Int) -> (UInt8, UInt8) {
    (
      position > 1 ? text.symbols[position - 2] : Letter.separatorSymbol,
      position > 0 ? text.symbols[position - 1] : Letter.separatorSymbol
    )
  }

  /// The cost of one more character, which becomes the last one.
  @inline(__always)
  func textCharacterCost(_ position: Int) -> Int32 {
    let (first, second) = symbolsBefore
    let symbol = text.symbols[position]
    let unit = text.units[position]
    symbolsBefore = (second, symbol)
    switch symbol {
    case Letter.digitSymbol:
      let cost = model.cost(first, second, symbol) + 851
      return min(cost, leetCost(position, first, second, cost))
    case Letter.separatorSymbol:
      guard Letter.isSeparator(unit) else { return Cost.impossible }
      let cost =
        model.cost(first, second, symbol) + separatorShare + whichSeparatorCost(unit)
      return min(cost, leetCost(position, first, second, cost))
    case Letter.otherSymbol:
      return model.cost(first, second, symbol) + letterCost(unit)
    default:
      let isUpper = Letter.isUpper(unit)
      let kept = hasLeet && Leet.hasForm(symbol) ? Share.leetKept : 0
      let cost = model.cost(first, second, symbol) + caseCost(position, isUpper)
      guard second != Letter.separatorSymbol else { return cost + kept }
      let joined = joinedCost(position, first, second, symbol, isUpper)
      if joined < cost { symbolsBefore = (Letter.separatorSymbol, symbol) }
      return min(cost, joined) + kept
    }
  }

  /// The cost of a letter that starts a word right after another.
  private func joinedCost(
    _ position: Int, _ first: UInt8, _ second: UInt8, _ symbol: UInt8, _ isUpper: Bool
  ) -> Int32 {
    model.cost(first, second, Letter.separatorSymbol) + nothingShare
      + model.cost(second, Letter.separatorSymbol, symbol) + joinedCaseCost(position, isUpper)
  }

  /// The cost of a digit or a sign as a letter, which it becomes if that costs less.
  private func leetCost(_ position: Int, _ first: UInt8, _ second: UInt8, _ cost: Int32) -> Int32 {
    guard hasLeet, second < Letter.separatorSymbol else { return cost }
    var least = cost
    let letter = text.letters[position]
    guard letter != 0 else { return least }
    for reading in 0...1 {
      if reading == 1, letter & Leet.ambiguous == 0 { break }
      let symbol = (reading == 0 ? letter & ~Leet.ambiguous : Leet.otherLetter) - 1
      let total = model.cost(first, second, symbol) + Share.leetTaken
      guard total < least else { continue }
      least = total
      symbolsBefore = (second, symbol)
    }
    return least
  }

  private var separatorShare: Int32 {
    if lastSeparator != 0 { return Share.separatorAmongSeparators }
    return hasCapitalInside ? Share.separatorAmongCapitals : Share.separatorFirst
  }

  private var nothingShare: Int32 {
    if lastSeparator != 0 { return Share.nothingAmongSeparators }
    return hasCapitalInside ? Share.nothingAmongCapitals : Share.nothingFirst
  }

  private func whichSeparatorCost(_ unit: UInt16) -> Int32 {
    if lastSeparator == 0 { return Self.separatorCost(unit) }
    return unit == lastSeparator ? Share.separatorAgain : Share.separatorOther + Self.separatorCost(unit)
  }

  @inline(__always)
  private func caseCost(_ position: Int, _ isUpper: Bool) -> Int32 {
    guard position > 0, text.symbols[position - 1] < Letter.separatorSymbol else {
      return isUpper == isFirstUpperBefore ? Share.firstCaseKept : Share.firstCaseChanged
    }
    if isAfterCapital(position) { return isUpper ? Share.upperAfterCapital : Share.lowerAfterCapital }
    return isUpper == isUpperBefore ? Share.caseKept : Share.caseChanged
  }

  /// Whether the letter before is a capital and the one before that is not.
  @inline(__always)
  private func isAfterCapital(_ position: Int) -> Bool {
    isUpperBefore && (position == 1 || !Letter.isUpper(text.units[position - 2]))
  }

  @inline(__always)
  private func joinedCaseCost(_ position: Int, _ isUpper: Bool) -> Int32 {
    guard position > 0, text.symbols[position - 1] < Letter.separatorSymbol else {
      return isUpper == isFirstUpperBefore ? Share.firstCaseKept : Share.firstCaseChanged
    }
    if isAfterCapital(position) { return Share.eitherCase }
    if hasCapitalInside || isUpperBefore {
      return isUpper ? Share.joinedCaseKept : Share.joinedCaseChanged
    }
    // After a few small letters more of them are likely.
    if position < Self.fewLetters { return Share.eitherCase }
    return isUpper ? Share.joinedCaseChanged : Share.joinedCaseKept
  }

  private static let fewLetters = 6

  /// A letter outside ASCII: of the block of 128 of the last one, of the preset text, or any.
  private func letterCost(_ unit: UInt16) -> Int32 {
    let isAfterIdeograph = Letter.isIdeograph(lastLetter)
    var least = (isAfterIdeograph ? Share.anyAfterIdeograph : Share.anyLetter) + Cost.bits(16)
    if lastLetter != 0, unit >> 7 == lastLetter >> 7 {
      least = min(
        least, (isAfterIdeograph ? Share.blockAfterIdeograph : Share.blockAgain) + Cost.bits(7))
    }
    if phrases.lists(unit) {
      least = min(
        least,
        (isAfterIdeograph ? Share.listedAfterIdeograph : Share.listed) + Cost.log2Up(phrases.listedCount))
    }
    return least
  }
}
