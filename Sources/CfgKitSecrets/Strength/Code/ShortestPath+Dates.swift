extension ShortestPath {
  /// The patterns of dates and times, which share one token: each pays 4 bits and the range of what it holds.
  private static let pattern = Cost.bits(4)
  private static let years = 1_940...2_059
  private static let year = Cost.log2Up(120)
  private static let day = Cost.log2Up(12) + Cost.log2Up(31)
  private static let clock = Cost.log2Up(24) + Cost.log2Up(60)
  private static let second = Cost.log2Up(60)
  /// One of `-`, `/`, `.`, `_`.
  private static let dateSign = Cost.bits(2)

  /// Finds the dates and times that start at a position.
  func findDates(_ position: Int) {
    if Letter.isDigit(text.units[position]) {
      // All of them start with two digits.
      guard position + 1 < text.count, Letter.isDigit(text.units[position + 1]) else { return }
      findPackedDates(position)
      findSpelledDates(position)
      // A time has a sign next, a named month that or its initial.
      guard position + 2 < text.count else { return }
      let third = text.symbols[position + 2]
      if third == Letter.separatorSymbol { findTimes(position) }
      if third == Letter.separatorSymbol || Self.monthInitials >> UInt32(third) & 1 != 0 {
        findNamedMonth(position, dayFirst: true)
      }
    } else if mayBeMonth(position) {
      findNamedMonth(position, dayFirst: false)
    }
  }

  /// The number that `length` digits make, or -1.
  private func number(_ start: Int, _ length: Int) -> Int {
    guard start + length <= text.count else { return -1 }
    var number = 0
    for index in start..<(start + length) {
      let unit = text.units[index]
      guard Letter.isDigit(unit) else { return -1 }
      number = number * 10 + Int(unit - 0x30)
    }
    return number
  }

  private func offerDate(_ position: Int, _ length: Int, _ range: Int32) {
    offer(position + length, best[position] + Share.date + Self.pattern + range, .date, from: position)
  }

  private func isDay(_ month: Int, _ day: Int) -> Bool { (1...12).contains(month) && (1...31).contains(day) }

  private func isTime(_ start: Int, seconds: Bool) -> Bool {
    (0...23).contains(number(start, 2)) && (0...59).contains(number(start + 2, 2))
      && (!seconds || (0...59).contains(number(start + 4, 2)))
  }

  /// Digits alone: 2024, 20240131, 31012024, 310124, 20240131235959, and seconds or milliseconds since 1970.
  private func findPackedDates(_ position: Int) {
    let year = number(position, 4)
    guard year >= 0 else { return }
    let isYear = Self.years.contains(year)
    if isYear { offerDate(position, 4, Self.year) }
    if isYear, isDay(number(position + 4, 2), number(position + 6, 2)) {
      offerDate(position, 8, Self.year + Self.day)
      if isTime(position + 8, seconds: true) {
        offerDate(position, 14, Self.year + Self.day + Self.clock + Self.second)
      }
    }
    if isDay(number(position + 2, 2), number(position, 2)), Self.years.contains(number(position + 4, 4)) {
      offerDate(position, 8, Self.year + Self.day)
    }
    if number(position, 1) == 1 {
      if number(position, 10) >= 0 { offerDate(position, 10, Cost.log2Up(1_000_000_000)) }
      if number(position, 13) >= 0 {
        offerDate(position, 13, Cost.log2Up(1_000_000_000) + Cost.log2Up(1_000))
      }
    }
  }

  /// 2024-01-31, with a time after it or not, and 31.01.2024 or 01/31/2024.
  private func findSpelledDates(_ position: Int) {
    if Self.years.contains(number(position, 4)), let sign = dateSign(position + 4),
      position + 7 < text.count, text.units[position + 7] == sign,
      isDay(number(position + 5, 2), number(position + 8, 2))
    {
      offerDate(position, 10, Self.year + Self.day + Self.dateSign)
      guard position + 18 < text.count, [0x54, 0x20, 0x5F, 0x2D].contains(text.units[position + 10]),
        (0...23).contains(number(position + 11, 2)), text.units[position + 13] == 0x3A,
        (0...59).contains(number(position + 14, 2)), text.units[position + 16] == 0x3A,
        (0...59).contains(number(position + 17, 2))
      else { return }
      let cost = Self.year + Self.day + Self.dateSign + Self.clock + Self.second + Cost.bits(3)
      offerDate(position, 19, cost)
      if position + 19 < text.count, text.units[position + 19] == 0x5A { offerDate(position, 20, cost) }
    }
    if let sign = dateSign(position + 2), position + 5 < text.count, text.units[position + 5] == sign,
      Self.years.contains(number(position + 6, 4))
    {
      let first = number(position, 2)
      let second = number(position + 3, 2)
      if isDay(second, first) || isDay(first, second) {
        offerDate(position, 10, Self.year + Self.day + Self.dateSign + Cost.bits(1))
      }
    }
  }

  private func dateSign(_ index: Int) -> UInt16? {
    guard index < text.count else { return nil }
    let unit = text.units[index]
    return unit == 0x2D || unit == 0x2F || unit == 0x2E || unit == 0x5F ? unit : nil
  }

  /// 23:59 and 23:59:59, with `:`, `-` or `.`.
  private func findTimes(_ position: Int) {
    guard position + 4 < text.count, (0...23).contains(number(position, 2)),
      (0...59).contains(number(position + 3, 2))
    else { return }
    let sign = text.units[position + 2]
    guard sign == 0x3A || sign == 0x2D || sign == 0x2E else { return }
    offerDate(position, 5, Self.clock + Cost.bits(2))
    if position + 7 < text.count, text.units[position + 5] == sign,
      (0...59).contains(number(position + 6, 2))
    {
      offerDate(position, 8, Self.clock + Self.second + Cost.bits(2))
    }
  }

  private static let months: StaticString =
    "january february march april may june july august september october november december"

  /// A bit for each letter from a on that a month starts with, and that stands second and third in one.
  private static let monthInitials: UInt32 = 0x4_7229
  private static let monthSeconds: UInt32 = 0x10_C015
  private static let monthThirds: UInt32 = 0x12A_A846

  /// `Jun`, `16 June 1972`, `16Jun1972`, `June 16`: the day and the year have two digits and four, or are missing.
  private func findNamedMonth(_ position: Int, dayFirst: Bool) {
    var index = position
    var range = Cost.bits(4)  // which parts there are
    if dayFirst {
      guard (1...31).contains(number(index, 2)) else { return }
      index += 2
      range += Cost.log2Up(31)
      index = skipSign(index, &range)
    }
    let start = index
    guard let end = monthEnd(start) else { return }
    index = end
    range += Cost.log2Up(12) + Cost.bits(3)  // its length and its case
    offerDate(position, index - position, range)
    index = skipSign(index, &range)
    if !dayFirst, (1...31).contains(number(index, 2)) {
      range += Cost.log2Up(31)
      index += 2
      offerDate(position, index - position, range)
      index = skipSign(index, &range)
    }
    if Self.years.contains(number(index, 4)) { offerDate(position, index + 4 - position, range + Self.year) }
  }

  /// Past a blank, `-`, `/` or nothing.
  private func skipSign(_ index: Int, _ range: inout Int32) -> Int {
    range += Cost.bits(2)
    guard index < text.count else { return index }
    let unit = text.units[index]
    return unit == 0x20 || unit == 0x2D || unit == 0x2F ? index + 1 : index
  }

  /// Whether three letters stand here that the name of a month may start with.
  @inline(__always)
  private func mayBeMonth(_ start: Int) -> Bool {
    guard start + 2 < text.count else { return false }
    let symbols = text.symbols.four(start)
    let initials = Self.monthInitials >> (symbols & 31)
    let seconds = Self.monthSeconds >> (symbols >> 8 & 31)
    let thirds = Self.monthThirds >> (symbols >> 16 & 31)
    return initials & seconds & thirds & 1 != 0
  }

  /// Where the name of a month ends, in full or by three letters, in lowercase, capitalized or in capitals.
  private func monthEnd(_ start: Int) -> Int? {
    guard mayBeMonth(start) else { return nil }
    let names = TableText(Self.months)
    var name = 0
    while name < names.count {
      var size = 0
      while name + size < names.count, names[name + size] != 0x20 { size += 1 }
      var length = 0
      while length < size, start + length < text.count,
        text.lower[start + length] == UInt16(names[name + length])
      {
        length += 1
      }
      if length == size || length >= 3 {
        let end = start + (length == size ? size : 3)
        return isOneCase(start, end) ? end : nil
      }
      name += size + 1
    }
    return nil
  }

  private func isOneCase(_ start: Int, _ end: Int) -> Bool {
    let isUpper = Letter.isUpper(text.units[start + 1])
    for index in (start + 1)..<end where Letter.isUpper(text.units[index]) != isUpper { return false }
    return !isUpper || Letter.isUpper(text.units[start])
  }
}
