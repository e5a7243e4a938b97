import Testing

@testable import CfgKitSecrets

/// That the tables that Scripts/strength-tables lays out say what the texts say that people wrote.
@Suite struct TableTests {
  private static let presetParts = [
    PresetText.placeholders, PresetText.foreignPlaceholders, PresetText.lines, PresetText.constants,
    PresetText.references,
  ]
  private static let presetKinds: [TokenClass] = [.placeholder, .placeholder, .phrase, .constant, .reference]

  @Test func thePresetTextIsLaidOutLetterByLetter() {
    let phrases = PresetPhrases()
    var offset = 0
    for (part, kind) in zip(Self.presetParts, Self.presetKinds) {
      var isAfterBlank = true
      for unit in "\(part)".utf16 {
        if unit <= 0x20 {
          isAfterBlank = true
          continue
        }
        let letter = phrases.letter(offset)
        #expect(letter.unit == unit && letter.isAfterBlank == isAfterBlank && phrases.kind(offset) == kind)
        #expect(phrases.lists(unit) == (unit >= 0x80))
        isAfterBlank = false
        offset += 1
      }
    }
    #expect(phrases.count == offset)
    #expect(!phrases.lists(0x41) && !phrases.lists(0xFFFF))
  }

  @Test func everyFourLettersOfThePresetTextAreFound() {
    let phrases = PresetPhrases()
    func plain(_ offset: Int) -> UInt16 { Letter.withoutAccent(phrases.letter(offset).unit) }
    for offset in 0..<(phrases.count - 3) {
      let key = PresetPhrases.key(plain(offset), plain(offset + 1), plain(offset + 2), plain(offset + 3))
      let found = phrases.candidates(key).map { phrases.offset($0, key) }.filter { $0 >= 0 }
      #expect(found.contains(offset) && found == found.sorted())
    }
    let none = PresetPhrases.key(0x78, 0x7A, 0x71, 0x6A)
    #expect(phrases.candidates(none).allSatisfy { phrases.offset($0, none) < 0 })
  }

  @Test func theRowsAreLaidOutAsRings() {
    let rows = Rows()
    let written = [Rows.counted, Rows.keyed].flatMap { "\($0)".split(whereSeparator: \.isWhitespace) }
    var start = 0
    for row in written.map({ Array($0.utf16) }) {
      for (index, unit) in row.enumerated() {
        let place = start + index
        #expect(rows.unit(place) == unit)
        #expect(rows.place(place, 1) == start + (index + 1) % row.count)
        #expect(rows.place(place, -1) == start + (index + row.count - 1) % row.count)
        var listed = rows.first(unit)
        while listed >= 0, listed < place { listed = rows.next(listed) }
        #expect(listed == place)
      }
      start += row.count
    }
    #expect(rows.count == start)
    #expect(rows.countedEnd == "\(Rows.counted)".filter { !$0.isWhitespace }.count)
  }

  @Test func everyRunIsFoundByItsFirstThreeUnits() {
    let rows = Rows()
    for place in 0..<rows.count {
      for step in [1, -1, 2, -2] {
        let second = rows.place(place, step)
        let hash = Rows.hash(rows.unit(place), rows.unit(second), rows.unit(rows.place(second, step)))
        #expect(rows.candidates(hash).contains { rows.run($0, hash) == (place, step) })
      }
    }
  }

  @Test func theWordsStandInOrder() {
    let words = CommonWords()
    #expect(words.word(12, 24) != nil)  // my
    #expect(words.word(16, 9) == nil)
    guard var list = words.words(18, 4, 2) else {
      Issue.record("no word starts with sec")
      return
    }
    var found: [String] = []
    var word = Array("sec".utf8)
    while list.advance() {
      word = Array(word.prefix(list.sharedCount)) + (0..<list.count).map { list.letter($0) }
      found.append(String(decoding: word, as: UTF8.self))
      if found.last == "secret" { #expect(list.isPlaceholder) }
    }
    #expect(found == found.sorted())
    #expect(found.contains("secret") && found.contains("security"))
  }

  @Test func theListsOfKnownSecretsAreInOrderAndNotTooLong() {
    let lists = [KnownSecrets.leaked, KnownSecrets.hashesOfWords].map { TableText($0) }
    #expect(lists.map { $0.count / 8 }.reduce(0, +) <= 25_000)
    for list in lists {
      #expect(list.count % 8 == 0)
      let entries = stride(from: 0, to: list.count, by: 8).map { list.entry($0) }
      #expect(zip(entries, entries.dropFirst()).allSatisfy { $0 < $1 })
    }
  }
}
