/// The cheapest way through a text in the code of tokens, random characters and natural text: a shortest path over
/// (position, state).
///
/// Every cost is -log2 of a share, and what a decoder needs to know is paid for, so the sum of 2^-cost over the
/// texts of one length is at most 1. Shares that depend on the text depend on what stands before alone.
struct ShortestPath {
  let text: TextUnits
  /// The cost of each position in the token state, and by which part it was reached.
  let best: Row<Int32>
  let parts: Row<UInt32>
  /// Where the random state was entered from text: one more than the text's start; and the reverse.
  let textBefore: Row<UInt32>
  let randomBefore: Row<UInt32>
  /// Chains of the places of three letters: one more than each, which 16 bits hold for the longest text.
  let heads: Row<UInt16>
  let links: Row<UInt16>

  let words = CommonWords()
  let phrases = PresetPhrases()
  let rows = Rows()
  let model = TextModel()

  /// The alphabets that hold each unit.
  private let members: Row<UInt16>
  /// The random state in each alphabet that may be of use.
  private let ways: RandomWays
  /// What changes on the way. It is kept in the scratch memory so that nothing of this type is ever copied in the loop.
  private let state: Cell<State>

  private struct State: BitwiseCopyable {
    var lastSeparator: UInt16 = 0
    var lastLetter: UInt16 = 0
    var isUpperBefore = false
    var isFirstUpperBefore = false
    var hasCapitalInside = false
    var hasLeet = false
    var hasLower = false
    var hasUpper = false
    var symbolsBefore = (Letter.separatorSymbol, Letter.separatorSymbol)
    var quietEnd = 0
    var textStart = 0
    var textCost = Share.startText
    var randomCost: Int32 = 0
  }

  /// The last separator before the position that is looked at, 0 if there is none.
  var lastSeparator: UInt16 { state.value.lastSeparator }
  /// Up to here a long repeat was found, and nothing else is looked for.
  var quietEnd: Int {
    get { state.value.quietEnd }
    nonmutating set { state.value.quietEnd = newValue }
  }
  /// The last letter outside ASCII before the position.
  var lastLetter: UInt16 { state.value.lastLetter }
  /// The case of the last letter, and of the last word's first.
  var isUpperBefore: Bool { state.value.isUpperBefore }
  var isFirstUpperBefore: Bool { state.value.isFirstUpperBefore }
  private var textCost: Int32 {
    get { state.value.textCost }
    nonmutating set { state.value.textCost = newValue }
  }
  private var textStart: Int {
    get { state.value.textStart }
    nonmutating set { state.value.textStart = newValue }
  }
  /// The symbols that the text state takes the last two characters for.
  var symbolsBefore: (UInt8, UInt8) {
    get { state.value.symbolsBefore }
    nonmutating set { state.value.symbolsBefore = newValue }
  }
  /// Whether a capital stood right after a small letter, and a digit or sign between letters as one of them.
  var hasCapitalInside: Bool { state.value.hasCapitalInside }
  var hasLeet: Bool { state.value.hasLeet }
  /// Whether there were small letters before, and capitals.
  private var hasLower: Bool { state.value.hasLower }
  private var hasUpper: Bool { state.value.hasUpper }
  /// What the cheapest of the ways through the random state costs.
  private var randomCost: Int32 {
    get { state.value.randomCost }
    nonmutating set { state.value.randomCost = newValue }
  }
  /// Where it was entered.
  private var randomStart: Int { ways.start(of: randomCost) ?? 0 }

  private static func headCount(_ count: Int) -> Int { count <= 256 ? 256 : 16_384 }

  /// Bytes that a text of `count` bytes needs.
  static func byteCount(_ count: Int) -> Int {
    TextUnits.byteCount(count) + 4 * ScratchRoom.byteCount(Int32.self, count + 1)
      + ScratchRoom.byteCount(UInt16.self, headCount(count))
      + RandomWays.byteCount
      + 2 * ScratchRoom.byteCount(UInt16.self, count + 1)
      + ScratchRoom.byteCount(State.self, 1)
  }

  init(_ bytes: UnsafeRawBufferPointer, _ room: inout ScratchRoom) {
    let size = bytes.count
    text = unsafe TextUnits(bytes, &room)
    best = room.row(Int32.self, size + 1)
    parts = room.row(UInt32.self, size + 1)
    textBefore = room.row(UInt32.self, size + 1)
    randomBefore = room.row(UInt32.self, size + 1)
    links = room.row(UInt16.self, size + 1)
    heads = room.row(UInt16.self, Self.headCount(size))
    members = room.row(UInt16.self, size + 1)
    ways = Self.usefulWays(text, members, &room)
    state = room.cell(State())
    search()
  }

  private func search() {
    let count = text.count
    for position in 1..<(count + 1) { best[position] = Cost.impossible }
    best[0] = Share.startToken
    randomCost = ways.cheapest
    for position in 0..<count {
      settle(position)
      if position >= quietEnd { findTokens(position) }
      advance(position)
    }
  }

  private static func usefulWays(
    _ text: TextUnits, _ members: Row<UInt16>, _ room: inout ScratchRoom
  ) -> RandomWays {
    var common = UInt16.max
    var any: UInt16 = 0
    for position in 0..<text.count {
      let holding = RandomAlphabets.members(text.units[position])
      members[position] = holding
      common &= holding
      any |= holding
    }
    return RandomWays(RandomAlphabets.useful(common: common, any: any), &room)
  }

  /// Moves between the states at one position.
  @inline(__always)
  private func settle(_ position: Int) {
    let random = randomCost
    let text = textCost
    if text + Share.textToToken < best[position] {
      best[position] = text + Share.textToToken
      parts[position] = Self.part(.text, from: textStart)
    }
    if random + Share.randomToToken < best[position] {
      best[position] = random + Share.randomToToken
      parts[position] = Self.part(.random, from: randomStart)
    }
    let token = best[position]
    if min(token + Share.tokenToText, random + Share.randomToText) < textCost {
      let isFromToken = token + Share.tokenToText <= random + Share.randomToText
      textCost = isFromToken ? token + Share.tokenToText : random + Share.randomToText
      textStart = position
      symbolsBefore = symbols(before: position)
      randomBefore[position] = isFromToken ? 0 : UInt32(randomStart) + 1
    }
    let isFromToken = token + Share.tokenToRandom <= text + Share.textToRandom
    let entry =
      (isFromToken ? token + Share.tokenToRandom : text + Share.textToRandom) + Share.alphabet
    let (isEntered, cheapest) = ways.advance(position, members[position], entry: entry)
    randomCost = cheapest
    if isEntered { textBefore[position] = isFromToken ? 0 : UInt32(textStart) + 1 }
  }

  /// Pays for one character in the text state.
  @inline(__always)
  private func advance(_ position: Int) {
    textCost = min(Cost.impossible, textCost + Share.textStays + textCharacterCost(position))
    notice(position)
    if position >= 2 {
      let key = key(text.lower[position - 2], text.lower[position - 1], text.lower[position])
      links[position - 2] = heads[key]
      heads[key] = UInt16(truncatingIfNeeded: position - 1)
    }
  }

  /// Remembers what costs further on depend on.
  @inline(__always)
  private func notice(_ position: Int) {
    let unit = text.units[position]
    let symbol = text.symbols[position]
    if symbol == Letter.separatorSymbol {
      state.value.lastSeparator = unit
    } else if symbol == Letter.otherSymbol {
      state.value.lastLetter = unit
    }
    guard symbol < Letter.separatorSymbol else { return }
    let isUpper = Letter.isUpper(unit)
    if position == 0 || text.symbols[position - 1] >= Letter.separatorSymbol {
      state.value.isFirstUpperBefore = isUpper
      if position > 1, text.symbols[position - 2] < Letter.separatorSymbol,
        text.letters[position - 1] != 0
      {
        state.value.hasLeet = true
      }
    } else if isUpper, !isUpperBefore {
      state.value.hasCapitalInside = true
    }
    state.value.isUpperBefore = isUpper
    if isUpper { state.value.hasUpper = true } else { state.value.hasLower = true }
  }

  /// What a word's case costs here.
  var wordCase: Share.WordCase {
    if hasLower { return hasUpper ? Share.caseAfterBoth : Share.caseAfterLower }
    return hasUpper ? Share.caseAfterUpper : Share.firstCase
  }

  /// What a phrase's case costs here.
  var phraseCase: Share.PhraseCase {
    if hasLower { return hasUpper ? Share.phraseCaseAfterBoth : Share.phraseCaseAfterLower }
    return hasUpper ? Share.phraseCaseAfterUpper : Share.firstPhraseCase
  }

  /// What it costs that nothing stands before a word or between those of a phrase, or that a separator does.
  var noJointCost: Int32 { lastSeparator == 0 ? Share.firstJointNothing : Share.jointNothing }
  func jointCost(_ unit: UInt16) -> Int32 {
    if lastSeparator == 0 { return Share.firstJoint + Self.separatorCost(unit) }
    let new = Share.jointNew + Self.separatorCost(unit)
    return unit == lastSeparator ? min(Share.jointAsBefore, new) : new
  }

  /// Which separator, of the 33 signs of ASCII.
  static func separatorCost(_ unit: UInt16) -> Int32 {
    unit == 0x2D || unit == 0x5F || unit == 0x2E || unit == 0x20
      ? Share.commonSeparator : Share.rareSeparator
  }

  /// The cost of the whole text.
  var cost: Int32 {
    min(best[text.count], textCost, randomCost)
  }

  /// Offers a part that ends at a position in the token state.
  @inline(__always)
  func offer(_ end: Int, _ total: Int32, _ kind: TokenClass, from start: Int) {
    if total < best[end] {
      best[end] = total
      parts[end] = Self.part(kind, from: start)
    }
  }

  private static func part(_ kind: TokenClass, from start: Int) -> UInt32 {
    UInt32(kind.rawValue) << 24 | UInt32(start)
  }

  @inline(__always)
  func key(_ first: UInt16, _ second: UInt16, _ third: UInt16) -> Int {
    let mixed =
      UInt32(first) &* 0x9E37_79B1 ^ UInt32(second) &* 0x85EB_CA6B ^ UInt32(third) &* 0xC2B2_AE35
    return Int((mixed ^ mixed >> 15) & UInt32(heads.count - 1))
  }

  /// Calls `body` with each part of the cheapest way, from the last to the first.
  func forEachPart(_ body: (TokenClass, Range<Int>) -> Void) {
    var end = text.count
    let cost = cost
    if best[end] > cost {
      if textCost == cost {
        end = leaveText(textStart, end, body)
      } else if let start = ways.start(of: cost) {
        end = leaveRandom(start, end, body)
      }
    }
    while end > 0 {
      let part = parts[end]
      let start = Int(part & 0xFF_FFFF)
      let kind = TokenClass(rawValue: UInt8(part >> 24)) ?? .random
      switch kind {
      case .text: end = leaveText(start, end, body)
      case .random: end = leaveRandom(start, end, body)
      default:
        body(kind, start..<end)
        end = start
      }
    }
  }

  /// The position in the token state that a stretch of text was entered from.
  private func leaveText(_ start: Int, _ end: Int, _ body: (TokenClass, Range<Int>) -> Void) -> Int {
    body(.text, start..<end)
    guard start > 0, randomBefore[start] > 0 else { return start }
    return leaveRandom(Int(randomBefore[start]) - 1, start, body)
  }

  /// The position in the token state that random characters were entered from.
  private func leaveRandom(_ start: Int, _ end: Int, _ body: (TokenClass, Range<Int>) -> Void) -> Int {
    body(.random, start..<end)
    guard start > 0, textBefore[start] > 0 else { return start }
    return leaveText(Int(textBefore[start]) - 1, start, body)
  }
}
