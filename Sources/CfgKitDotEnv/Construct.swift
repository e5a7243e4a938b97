/// A spelling that readers do not agree on.
public enum Construct: String, Sendable, Hashable, CaseIterable {
  case quotes
  case comment = "a comment behind the value"
  case commentAfterTab = "a TAB before the comment"
  case commentWithHashes = "a second # behind a blank"
  case commentAfterQuote = "a comment behind the quotes"
  case commentGluedToQuote = "a comment glued to the quotes"
  case wordsBehindGluedComment = "a second word in a comment glued to the quotes"
  case blankAfterQuote = "a blank behind the quotes"
  case hashInside = "an unquoted #"
  case hashFirst = "a value that begins with #"
  case hashAfterBlank = "a comment where the value would be"
  case spaceAroundEquals = "a blank around ="
  case tabAroundEquals = "a TAB around ="
  case trailingBlank = "a blank behind the value"
  case trailingTab = "a TAB behind the value"
  case export = "export"
  case exportBlanks = "more than one space behind export"
  case exportEmpty = "export of an empty value"
  case blankInside = "a blank outside quotes"
  case shellSyntax = "a character of the shell's outside quotes"
  case quoteInside = "a quote inside an unquoted value"
  case openQuoteInside = "a quote inside an unquoted value that none closes"
  case backslash = "a backslash outside quotes"
  case trailingBackslash = "a backslash at the end"
  case escapedDollarBare = "an escaped dollar outside quotes"
  case backtickFirst = "a leading backtick"
  case backtickPair = "backticks around the value"
  case backtickClosedLater = "a leading backtick that is closed later"
  case backtickOpenAtEnd = "a leading backtick on the last line that none closes"
  case commentBehindBacktick = "a comment behind a leading backtick that none closes"
  case backtickInside = "a backtick"
  case singleEndsInBackslash = "a backslash before the closing quote"
  case singleRunsOn = "a backslash before a quote that another follows"
  case singleDoubleBackslash = "two backslashes in single quotes"
  case singleExpansion = "${ in single quotes"
  case escapedQuote = "an escaped quote"
  case escapedQuoteLast = "an escaped quote before the closing quote"
  case escapedBackslash = "an escaped backslash"
  case escapedBackslashLast = "an escaped backslash before the closing quote"
  case escapedBackslashRunsOn = "an escaped backslash before a quote that another follows"
  case escapedBackslashDollar = "an escaped backslash before a dollar"
  case escapedNewline = "\\n"
  case escapedReturn = "\\r"
  case escapedTab = "\\t"
  case escapedOther = "an escape of another character"
  case escapedControl = "\\a, \\b, \\f or \\v"
  case escapedZero = "\\0"
  case escapedApostrophe = "\\'"
  case escapedBacktick = "an escaped backtick"
  case escapedLineEnd = "a backslash at a line's end"
  case escapedDollar = "an escaped dollar"
  case lineBreak = "a line break in quotes"
  case lineBreakCRLF = "CRLF in quotes"
  case lineBreakCR = "a lone CR in quotes"
  case crlf = "CRLF"
  case crlfBeforeText = "CRLF between two lines"
  case crlfBlank = "a blank line that ends in CRLF"
  case carriageReturn = "a lone CR at the line's end"
  case carriageReturnLast = "a lone CR at the end"
  case carriageReturnBehindComment = "a lone CR behind a comment"
  case carriageReturnBehindEquals = "a lone CR behind ="
  case byteOrderMark = "a byte order mark"
  case byteOrderMarkAbove = "a byte order mark above"
  case dollarName = "$NAME"
  case dollarNameUnderscore = "$NAME with _, or in quotes"
  case dollarNameBrace = "$NAME before }"
  case lowerCaseName = "a lower-case name behind $"
  case braced = "${NAME}"
  case shellVariable = "a variable that a shell sets itself"
  case defaultWord = "${NAME:-word}"
  case defaultWordUsed = "${NAME:-word} that gives its word"
  case defaultOfEmpty = "${NAME:-word} of an empty variable"
  case wordWithDollar = "a dollar in a default"
  case otherOperator = "an operator behind a name"
  case otherOperatorUsed = "an operator that gives a text"
  case colonOperator = "${NAME:+word} or ${NAME:?word}"
  case nestedExpansion = "an expansion in an expansion"
  case quotesInWord = "quotes in an expansion"
  case twoDollars = "$$"
  case dollarDigit = "$ before a digit"
  case dollarOther = "a lone $"
  case dollarSpecial = "a special parameter of the shell's"
  case commandSubstitution = "$("
  case commandSubstitutionName = "$( before a name"
  case fileAndProcess = "a variable that file and process set"
  case processVariable = "a variable of the process"
  case keyInProcess = "a key that the process sets otherwise"
  case duplicateKey = "a key set twice"
  case dottedKey = "a dot in the key"
  case dashedKey = "a dash in the key"
  case invisibleEdge = "an invisible blank at an edge"
  case invisibleEdgeJavaScript = "a blank of JavaScript's at an edge"
  case invisibleEdgeLatin = "a no-break space at an edge"
  case invisibleEdgeASCII = "a control character at an edge"
  case hashAfterInvisible = "# behind an invisible blank"
  case hashAfterNoBreakSpace = "# behind a no-break space"
  case combiningAfterEquals = "a combining character behind ="
  case tabBefore = "a TAB before it"
  case prototypeKey = "the key __proto__"
  case shellKey = "a key that the shell keeps for itself"
  case longLine = "a line of 64 KiB or more"

  /// Whether it is about line ends and bytes between entries, which formatting always mends.
  var concernsLines: Bool {
    switch self {
    case .crlf, .crlfBeforeText, .crlfBlank, .carriageReturn, .carriageReturnLast,
      .carriageReturnBehindEquals,
      .carriageReturnBehindComment, .byteOrderMark, .byteOrderMarkAbove, .tabBefore:
      true
    default: false
    }
  }

  /// Whether it is about the key or the line, not the value.
  var concernsKey: Bool {
    switch self {
    case .export, .exportBlanks, .exportEmpty, .byteOrderMark, .byteOrderMarkAbove, .keyInProcess,
      .duplicateKey, .dottedKey, .dashedKey, .tabBefore, .prototypeKey, .shellKey, .crlfBlank:
      true
    default: false
    }
  }
}
