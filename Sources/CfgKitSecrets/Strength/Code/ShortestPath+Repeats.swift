extension ShortestPath {
  private static let longestChain = 16
  private static let longestStep = 64
  /// From this length on a repeat is taken whole, so that a long text of one pattern takes no longer than others.
  private static let quietLength = 256

  /// Finds what stands at a position and stood before: forwards, with another case, or backwards.
  func findRepeats(_ position: Int) {
    guard position > 0, position + 2 < text.count else { return }
    let first = text.lower[position]
    let second = text.lower[position + 1]
    let third = text.lower[position + 2]
    // The two latest places are not in the chains yet.
    var folded = 0
    var exact = 0
    measure(position - 1, position, &folded, &exact)
    if position > 1 { measure(position - 2, position, &folded, &exact) }
    var place = Int(heads[key(first, second, third)])
    var depth = 0
    while place > 0, depth < Self.longestChain {
      measure(place - 1, position, &folded, &exact)
      place = Int(links[place - 1])
      depth += 1
    }
    offerRepeats(position, exact, isExact: true)
    if folded > exact { offerRepeats(position, folded, isExact: false) }
    findMirrors(position, first, second, third)
  }

  /// Raises both lengths to those of the repeat that starts at an earlier place.
  private func measure(_ place: Int, _ position: Int, _ folded: inout Int, _ exact: inout Int) {
    let count = text.count
    guard
      position + folded >= count || text.lower[place + folded] == text.lower[position + folded]
        || text.lower[place + exact] == text.lower[position + exact]
    else { return }
    var length = 0
    var isExact = true
    while position + length < count, text.lower[place + length] == text.lower[position + length] {
      if isExact, text.units[place + length] != text.units[position + length] {
        isExact = false
        exact = max(exact, length)
      }
      length += 1
    }
    if isExact { exact = max(exact, length) }
    folded = max(folded, length)
  }

  private func offerRepeats(_ position: Int, _ length: Int, isExact: Bool) {
    guard length >= 3 else { return }
    let base =
      best[position] + Share.backReference + Cost.log2Up(position)
      + (isExact ? Share.exact : Share.otherCase)
    var letterCount = 0
    for size in 1...min(length, Self.longestStep) {
      if !isExact, isLetter(position + size - 1) { letterCount += 1 }
      if size >= 3 {
        offer(
          position + size, base + Cost.gamma(size - 2) + Cost.bits(letterCount), .repeat, from: position)
      }
    }
    guard length > Self.longestStep else { return }
    if !isExact {
      for index in (position + Self.longestStep)..<(position + length) where isLetter(index) {
        letterCount += 1
      }
    }
    offer(
      position + length, base + Cost.gamma(length - 2) + Cost.bits(letterCount), .repeat, from: position)
    if length >= Self.quietLength { quietEnd = max(quietEnd, position + length) }
  }

  /// Whether a unit may have another case.
  private func isLetter(_ index: Int) -> Bool { text.symbols[index] < 26 || text.symbols[index] == 28 }

  private func findMirrors(_ position: Int, _ first: UInt16, _ second: UInt16, _ third: UInt16) {
    var place = Int(heads[key(third, second, first)])
    var depth = 0
    var length = 0
    var letterCount = 0
    while place > 0, depth < Self.longestChain / 2 {
      let end = place + 1
      var size = 0
      var letters = 0
      var isExact = true
      while size <= end, position + size < text.count,
        text.lower[end - size] == text.lower[position + size]
      {
        if text.units[end - size] != text.units[position + size] { isExact = false }
        if isLetter(position + size) { letters += 1 }
        size += 1
      }
      if size > length {
        length = size
        letterCount = isExact ? -1 : letters
      }
      place = Int(links[place - 1])
      depth += 1
    }
    guard length >= 4 else { return }
    let spelling = letterCount < 0 ? Share.exact : Share.otherCase + Cost.bits(letterCount)
    offer(
      position + length,
      best[position] + Share.mirror + Cost.log2Up(position) + Cost.gamma(length - 3) + spelling, .mirror,
      from: position)
  }
}
