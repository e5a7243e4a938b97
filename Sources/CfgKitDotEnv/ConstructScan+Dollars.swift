/// The dollars of one value.
extension ConstructScan {
  /// Finds what readers do not agree on in the dollars of a value that expands.
  ///
  /// - Parameters:
  ///   - entry: an unquoted or double-quoted entry.
  ///   - variables: what its names stand for.
  mutating func scanDollars(of entry: Entry, _ variables: KnownVariables) {
    guard entry.spelling == .bare || entry.spelling == .double else { return }
    scanDollars(entry.contentRange, isQuoted: entry.spelling == .double, variables)
  }

  private mutating func scanDollars(_ range: Range<Int>, isQuoted: Bool, _ variables: KnownVariables) {
    var index = range.lowerBound
    while index < range.upperBound {
      if byte(index) == UInt8(ascii: "\\"), syntax(isQuoted).isEscape(at: index, in: range) {
        index += 2
      } else if byte(index) == UInt8(ascii: "$") {
        index = scanDollar(at: index, in: range, isQuoted: isQuoted, variables)
      } else {
        index += 1
      }
    }
  }

  /// Works on the dollar at `index`, and gives where to go on.
  private mutating func scanDollar(
    at index: Int, in range: Range<Int>, isQuoted: Bool, _ variables: KnownVariables
  ) -> Int {
    guard index + 1 < range.upperBound else {
      found.insert(.dollarOther)
      return index + 1
    }
    let next = byte(index + 1)
    switch next {
    case UInt8(ascii: "{"):
      let close = syntax(isQuoted).closingBrace(from: index, in: range)
      scanBraces(index + 2..<close, isQuoted: isQuoted, variables)
      return close + 1
    case UInt8(ascii: "("):
      found.insert(.commandSubstitution)
      if index + 2 < range.upperBound, Octet.isName(byte(index + 2)), !isLowerCase(byte(index + 2)) {
        found.insert(.commandSubstitutionName)
      }
    case UInt8(ascii: "$"): found.insert(.twoDollars)
    case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "*"),
      UInt8(ascii: "#"), UInt8(ascii: "["):
      found.formUnion([.dollarOther, .dollarSpecial])
    case _ where Octet.isDigit(next): found.insert(.dollarDigit)
    case _ where Octet.isNameStart(next):
      let name = index + 1..<syntax(isQuoted).nameEnd(from: index + 1, in: range)
      scanName(name, isQuoted: isQuoted, in: range, variables)
      return name.upperBound
    default: found.insert(.dollarOther)
    }
    return index + 1
  }

  private func isLowerCase(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

  private mutating func scanName(
    _ name: Range<Int>, isQuoted: Bool, in range: Range<Int>, _ variables: KnownVariables
  ) {
    found.insert(.dollarName)
    if isQuoted || contains(UInt8(ascii: "_"), in: name) { found.insert(.dollarNameUnderscore) }
    if name.upperBound < range.upperBound, byte(name.upperBound) == UInt8(ascii: "}") {
      found.insert(.dollarNameBrace)
    }
    noteVariable(name, variables)
  }

  private mutating func noteVariable(_ range: Range<Int>, _ variables: KnownVariables) {
    if range.contains(where: { isLowerCase(byte($0)) }) { found.insert(.lowerCaseName) }
    let name = text(in: range)
    switch variables.standing(of: name) {
    case .both: found.formUnion([.fileAndProcess, .processVariable])
    case .process: found.insert(.processVariable)
    case .unset: if ShellNames.set.contains(name) { found.insert(.shellVariable) }
    case .fileOrSame, .processEmpty: break
    }
  }

  /// What stands between `${` and its `}`.
  private mutating func scanBraces(_ inner: Range<Int>, isQuoted: Bool, _ variables: KnownVariables) {
    found.insert(.braced)
    let name = inner.lowerBound..<syntax(isQuoted).nameEnd(from: inner.lowerBound, in: inner)
    noteVariable(name, variables)
    guard name.upperBound < inner.upperBound else { return }
    let isColon = byte(name.upperBound) == UInt8(ascii: ":")
    let kind = byte(isColon ? name.upperBound + 1 : name.upperBound)
    let word = name.upperBound + (isColon ? 2 : 1)..<inner.upperBound
    let result = OperatorResult(
      variables.value(of: text(in: name)), isColon: isColon, kind: kind, hasWord: !word.isEmpty)
    if isColon, kind == UInt8(ascii: "-") {
      noteDefault(word, result, isSet: variables.value(of: text(in: name)) != .unset)
    } else {
      found.insert(.otherOperator)
      if isColon { found.insert(.colonOperator) }
      if result.hasText { found.insert(.otherOperatorUsed) }
    }
    if word.dropLast().contains(where: { byte($0) == UInt8(ascii: "$") && byte($0 + 1) == UInt8(ascii: "{") })
    {
      found.insert(.nestedExpansion)
    }
    // Inside double quotes an apostrophe is one for the shell too.
    if result.isWord, !isQuoted,
      contains(UInt8(ascii: "\""), in: word) || contains(UInt8(ascii: "'"), in: word)
    {
      found.insert(.quotesInWord)
    }
    if result.isWord { scanDollars(word, isQuoted: isQuoted, variables) }
  }

  private mutating func noteDefault(_ word: Range<Int>, _ result: OperatorResult, isSet: Bool) {
    found.insert(.defaultWord)
    if result.hasText { found.insert(.defaultWordUsed) }
    guard result.isWord, !word.isEmpty else { return }
    if isSet { found.insert(.defaultOfEmpty) }
    if contains(UInt8(ascii: "$"), in: word) { found.insert(.wordWithDollar) }
  }
}

/// What an operator behind a name comes to.
private struct OperatorResult {
  /// Whether its word is the result.
  let isWord: Bool
  /// Whether the result is not empty.
  let hasText: Bool

  init(_ value: KnownVariables.Value, isColon: Bool, kind: UInt8, hasWord: Bool) {
    let isUsable = value == .text || value == .empty && !isColon
    switch kind {
    case UInt8(ascii: "-"): isWord = !isUsable
    case UInt8(ascii: "+"): isWord = isUsable
    default: isWord = false
    }
    let isGone = kind == UInt8(ascii: "+") && !isUsable
    hasText = isWord ? hasWord : value == .text && !isGone
  }
}
