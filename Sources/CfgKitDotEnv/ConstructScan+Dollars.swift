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
      if byte(index) == UInt8(ascii: "\\"), isEscape(at: index, in: range, isQuoted: isQuoted) {
        index += 2
      } else if byte(index) == UInt8(ascii: "$") {
        index = scanDollar(at: index, in: range, isQuoted: isQuoted, variables)
      } else {
        index += 1
      }
    }
  }

  private func isEscape(at index: Int, in range: Range<Int>, isQuoted: Bool) -> Bool {
    guard index + 1 < range.upperBound else { return false }
    return isQuoted || byte(index + 1) == UInt8(ascii: "$")
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
      let close = closingBrace(from: index, in: range, isQuoted: isQuoted)
      scanBraces(index + 2..<close, isQuoted: isQuoted, variables)
      return close + 1
    case UInt8(ascii: "("):
      found.insert(.commandSubstitution)
      let name = nameRange(from: index + 2, in: range, allowsDigit: true)
      if !name.isEmpty, !isLowerCase(byte(name.lowerBound)) { found.insert(.commandSubstitutionName) }
    case UInt8(ascii: "$"):
      found.insert(.twoDollars)
      return index + 2
    case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "*"),
      UInt8(ascii: "#"), UInt8(ascii: "["):
      found.formUnion([.dollarOther, .dollarSpecial])
    case _ where Octet.isDigit(next): found.insert(.dollarDigit)
    case _ where Octet.isNameStart(next):
      let name = nameRange(from: index + 1, in: range, allowsDigit: false)
      scanName(name, isQuoted: isQuoted, in: range, variables)
      return name.upperBound
    default: found.insert(.dollarOther)
    }
    return index + 1
  }

  private func isLowerCase(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

  private func nameRange(from start: Int, in range: Range<Int>, allowsDigit: Bool) -> Range<Int> {
    var end = start
    while end < range.upperBound, Octet.isName(byte(end)),
      allowsDigit || end > start || !Octet.isDigit(byte(end))
    {
      end += 1
    }
    return start..<end
  }

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

  /// The `}` that closes the `${` at `start`.
  private func closingBrace(from start: Int, in range: Range<Int>, isQuoted: Bool) -> Int {
    var depth = 0
    var index = start
    while index < range.upperBound {
      switch byte(index) {
      case UInt8(ascii: "\\") where isEscape(at: index, in: range, isQuoted: isQuoted): index += 1
      case UInt8(ascii: "$") where index + 1 < range.upperBound && byte(index + 1) == UInt8(ascii: "{"):
        depth += 1
        index += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return range.upperBound
  }

  /// What stands between `${` and its `}`.
  private mutating func scanBraces(_ inner: Range<Int>, isQuoted: Bool, _ variables: KnownVariables) {
    found.insert(.braced)
    let name = nameRange(from: inner.lowerBound, in: inner, allowsDigit: false)
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
    if contains(UInt8(ascii: "\""), in: word) || contains(UInt8(ascii: "'"), in: word) {
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
