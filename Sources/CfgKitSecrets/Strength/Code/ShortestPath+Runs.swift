extension ShortestPath {
  /// Finds runs along an order of letters or the rows of a keyboard: forwards, backwards, every second, doubled.
  func findRuns(_ position: Int) {
    guard position + 2 < text.count else { return }
    let first = text.lower[position]
    let second = text.lower[position + 1]
    let third = text.lower[position + 2]
    if first == second, position + 3 < text.count {
      findDoubledRuns(position, first, third)
      return
    }
    let hash = Rows.hash(first, second, third)
    guard rows.mayHold(hash) else { return }
    for candidate in rows.candidates(hash) {
      let (place, step) = rows.run(candidate, hash)
      if step != 0, rows.unit(place) == first { offerRun(position, place, step, second, third) }
    }
  }

  private func findDoubledRuns(_ position: Int, _ first: UInt16, _ third: UInt16) {
    guard text.lower[position + 3] == third else { return }
    var place = rows.first(first)
    while place >= 0 {
      if rows.unit(place) == first {
        if rows.unit(rows.place(place, 1)) == third { offerDoubledRun(position, place, 1) }
        if rows.unit(rows.place(place, -1)) == third { offerDoubledRun(position, place, -1) }
      }
      place = rows.next(place)
    }
  }

  private func offerRun(_ position: Int, _ start: Int, _ step: Int, _ second: UInt16, _ third: UInt16) {
    let next = rows.place(start, step)
    guard rows.unit(next) == second, rows.unit(rows.place(next, step)) == third else { return }
    let base =
      best[position] + Share.run + rows.cost(start) + Share.direction
      + (abs(step) == 1 ? Share.everyStep : Share.everySecond)
    var place = start
    var index = position
    var spelling = RunSpelling()
    while index < text.count, rows.unit(place) == text.lower[index] {
      spelling.add(text.units[index], text.lower[index])
      index += 1
      place = rows.place(place, step)
      if index - position >= 3, index - position <= 64 {
        offer(
          index, base + Cost.gamma(index - position - 2) + spelling.cost, kind(start), from: position)
      }
    }
    if index - position > 64 {
      offer(index, base + Cost.gamma(index - position - 2) + spelling.cost, kind(start), from: position)
    }
  }

  private func offerDoubledRun(_ position: Int, _ start: Int, _ step: Int) {
    let base = best[position] + Share.run + rows.cost(start) + Share.direction + Share.doubled
    var place = start
    var index = position
    var spelling = RunSpelling()
    while index + 1 < text.count, rows.unit(place) == text.lower[index],
      rows.unit(place) == text.lower[index + 1]
    {
      spelling.add(text.units[index], text.lower[index])
      spelling.add(text.units[index + 1], text.lower[index + 1])
      index += 2
      place = rows.place(place, step)
      if index - position >= 4 {
        offer(
          index, base + Cost.gamma(index - position - 2) + spelling.cost, kind(start), from: position)
      }
    }
  }

  private func kind(_ place: Int) -> TokenClass { place < rows.countedEnd ? .sequence : .keyboard }

  private struct RunSpelling {
    private var letterCount: Int32 = 0
    private var upperCount: Int32 = 0

    mutating func add(_ unit: UInt16, _ lower: UInt16) {
      guard Letter.isASCIILetter(lower) || lower >= 0x80 else { return }
      letterCount += 1
      if unit != lower { upperCount += 1 }
    }

    var cost: Int32 {
      if upperCount == 0 { return Share.runLower }
      if upperCount == letterCount { return Share.runUpper }
      return Share.runMixed + letterCount * 256
    }
  }
}
