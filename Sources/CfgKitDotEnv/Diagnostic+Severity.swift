extension Diagnostic.ID {
  /// Its severity in `mode`: the columns of the table.
  func severity(in mode: ReadingMode) -> Diagnostic.Severity {
    switch self {
    case .fileTooLarge, .utf16, .nulByte, .invalidUTF8, .badKey, .missingEquals, .colonSeparator,
      .unterminatedQuote, .textAfterQuote, .unterminatedExpansion, .badExpansion, .requiredVariable,
      .expansionTooDeep, .valueTooLarge:
      .error
    case .unknownEscape, .valueStartsWithHash, .backtickQuote, .hashInUnquoted, .invisibleCharacter,
      .trailingBackslash, .escapeInUnquoted, .unbracedDollar, .undefinedVariable, .commandSubstitution:
      mode == .strict ? .error : .warning
    case .duplicateKey, .nonPosixKey, .spaceAroundEquals, .unquotedSpace, .hashAfterQuote,
      .literalDollar, .ambiguousValue:
      .warning
    }
  }

  /// The place in the table.
  var row: Int {
    Self.rows[self] ?? 0
  }

  /// Breaks ties of position: the text of a bare value comes before what happens inside it, else the row decides.
  var rank: Int {
    self == .unquotedSpace ? Self.trailingBackslash.row * 2 + 1 : row * 2
  }

  private static let rows = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}
