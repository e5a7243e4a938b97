/// What is wrong with one entry: of each kind the first, however many there are.
struct EntryFlaws {
  private(set) var all: [Flaw] = []
  /// A bit for every rule, by its `row`.
  private var seen: UInt64 = 0

  var isEmpty: Bool { all.isEmpty }

  /// Notes a flaw, unless one of its kind stands before it. They come in the order of the bytes, row by row.
  mutating func append(_ flaw: Flaw) {
    // `$NAME` without a value weighs more than `${NAME}` without one, so that neither may hide the other.
    let bit: UInt64 = 1 << UInt64(flaw.id.row + (flaw.isErrorInBothReadings ? 32 : 0))
    guard seen & bit == 0 else { return }
    seen |= bit
    all.append(flaw)
  }

  mutating func warn(_ id: Diagnostic.ID, _ range: Range<Int>, _ fixIt: FixIt?) {
    append(Flaw(id: id, range: range, severity: .warning, fixIt: fixIt))
  }

  /// In the order of the bytes; of two at one byte, the one that was noted first.
  var inOrder: [Flaw] { all.count < 2 ? all : all.sorted(by: Flaw.precedes) }

  /// The one error that counts, if there is any in this reading; else sets all of them down as warnings.
  mutating func error(in mode: ReadingMode) -> Flaw? {
    for index in all.indices {
      let id = all[index].id
      let isError = mode == .strict ? id.isStrictError : id.isCompatibleError
      all[index].severity = isError || all[index].isErrorInBothReadings ? .error : .warning
    }
    return all.filter { $0.severity == .error }.min(by: Flaw.outweighs)
  }
}
