/// Something that is wrong, before it has a line and a column.
struct Flaw {
  let id: Diagnostic.ID
  /// The bytes it is about; it stands at the first.
  let range: Range<Int>
  var severity = Diagnostic.Severity.error
  var entry: Int?
  var related: (range: Range<Int>, note: RelatedPlace.Note)?
  var fixIt: FixIt?
  var disagreements: [Disagreement] = []

  /// `$NAME` of an unset variable is an error in both readings: never blank.
  var isErrorInBothReadings: Bool { id == .undefinedVariable && fixIt?.kind == .literalDollar }

  /// The order of reports. A sort that keeps the order of what stands at one place leaves the order of the checks.
  static func precedes(_ left: Flaw, _ right: Flaw) -> Bool { left.range.lowerBound < right.range.lowerBound }

  /// Which of several errors of an entry counts: the first row of the table. Expansions are worked on from left to right, and the first
  /// that fails ends the work.
  static func outweighs(_ left: Flaw, _ right: Flaw) -> Bool {
    let rows = (left.id.stage, right.id.stage)
    return rows.0 == rows.1 ? left.range.lowerBound < right.range.lowerBound : rows.0 < rows.1
  }
}

extension Diagnostic.ID {
  /// The place in the order in which an entry is checked: of several errors the first counts.
  var row: Int {
    // The enumeration stands in the table's order; a raw search would cost an allocation.
    switch self {
    case .fileTooLarge: 0
    case .utf16: 1
    case .nulByte: 2
    case .invalidUTF8: 3
    case .badKey: 4
    case .missingEquals: 5
    case .colonSeparator: 6
    case .unterminatedQuote: 7
    case .textAfterQuote: 8
    case .unknownEscape: 9
    case .valueStartsWithHash: 10
    case .backtickQuote: 11
    case .hashInUnquoted: 12
    case .invisibleCharacter: 13
    case .trailingBackslash: 14
    case .escapeInUnquoted: 15
    case .unterminatedExpansion: 16
    case .badExpansion: 17
    case .unbracedDollar: 18
    case .undefinedVariable: 19
    case .requiredVariable: 20
    case .commandSubstitution: 21
    case .expansionTooDeep: 22
    case .valueTooLarge: 23
    case .duplicateKey: 24
    case .nonPosixKey: 25
    case .spaceAroundEquals: 26
    case .unquotedSpace: 27
    case .hashAfterQuote: 28
    case .literalDollar: 29
    case .ambiguousValue: 30
    }
  }

  /// The row, with all that is found while expanding in one.
  fileprivate var stage: Int {
    let expanding = Self.badExpansion.row...Self.valueTooLarge.row
    return expanding.contains(row) ? expanding.lowerBound : row
  }

  /// Whether the strict reading refuses.
  var isStrictError: Bool { row < Self.duplicateKey.row }

  /// Whether the compatible reading refuses as well.
  var isCompatibleError: Bool {
    switch self {
    case .fileTooLarge, .utf16, .nulByte, .invalidUTF8, .badKey, .missingEquals, .colonSeparator,
      .unterminatedQuote,
      .textAfterQuote, .unterminatedExpansion, .badExpansion, .requiredVariable, .expansionTooDeep,
      .valueTooLarge:
      true
    default: false
    }
  }
}
