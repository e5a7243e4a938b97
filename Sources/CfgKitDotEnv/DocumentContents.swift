/// What a document is made of, found once: its copies share it, for they go through many hands.
final class DocumentContents: Sendable {
  let storage: DocumentStorage
  let limits: Limits
  let fileFlaw: Flaw?
  /// Whether there is a CR anywhere.
  let hasReturns: Bool
  /// Whether every byte is ASCII.
  let isASCII: Bool
  let structureFlaws: [Flaw]
  let uncountedFlaws: Int
  let lines: [Line]
  let entries: [Entry]

  init(of storage: DocumentStorage, limits: Limits) {
    self.storage = storage
    self.limits = limits
    let encoding = Encoding(of: storage.octets, limits: limits)
    fileFlaw = encoding.flaw
    hasReturns = encoding.hasReturns
    isASCII = encoding.isASCII
    guard fileFlaw == nil else {
      (lines, entries, structureFlaws, uncountedFlaws) = ([], [], [], 0)
      return
    }
    let index = Self.index(storage.octets, room: encoding.lineEnds + 1)
    lines = index.lines
    entries = index.entries
    structureFlaws = index.flaws
    uncountedFlaws = index.uncountedFlaws
  }

  private static func index(
    _ bytes: Octets, room: Int
  ) -> (lines: [Line], entries: [Entry], flaws: [Flaw], uncountedFlaws: Int) {
    var entries: [Entry] = []
    var flaws: [Flaw] = []
    var uncountedFlaws = 0
    let lines = unsafe [Line](unsafeUninitializedCapacity: room) { lineRoom, lineCount in
      unsafe entries = [Entry](unsafeUninitializedCapacity: room) { entryRoom, entryCount in
        var scanner = unsafe Scanner(bytes, lines: lineRoom, entries: entryRoom)
        scanner.run()
        (lineCount, entryCount) = (scanner.lineCount, scanner.entryCount)
        (flaws, uncountedFlaws) = (scanner.flaws, scanner.uncountedFlaws)
      }
    }
    return (lines, entries, flaws, uncountedFlaws)
  }
}
