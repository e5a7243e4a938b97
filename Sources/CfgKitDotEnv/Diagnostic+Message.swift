extension Diagnostic {
  /// What is wrong, in one sentence with "this value" as its subject.
  public var message: String { message(about: "this value") }

  /// What is wrong, in one sentence about `subject`, a key; some sentences need no subject. Never text of the file.
  public func message(about subject: String) -> String {
    switch id {
    case .fileTooLarge: "this file is larger than a .env can be"
    case .utf16: "this file is UTF-16, not UTF-8; most readers find no key in it"
    case .nulByte: "a NUL byte, which no environment variable can hold"
    case .invalidUTF8: "bytes that are not UTF-8"
    case .badKey: "this line is no KEY=value"
    case .missingEquals: "this key has no =; readers skip it, or set it to nothing"
    case .colonSeparator: "a colon where = belongs"
    case .unterminatedQuote: "this quote is never closed"
    case .textAfterQuote: "\(subject) has text behind its closing quote, which readers join, drop or refuse"
    case .unknownEscape: "\(subject) has a backslash escape that readers do not agree on"
    case .valueStartsWithHash: "\(subject) begins with \"#\": a comment for Node, a value for python-dotenv"
    case .backtickQuote: "\(subject) begins with a backtick: a quote for Node, a command for a shell"
    case .hashInUnquoted: "\(subject) has an unquoted \"#\": python-dotenv reads on, Node stops there"
    case .invisibleCharacter: "\(subject) has a character that cannot be seen"
    case .trailingBackslash: "\(subject) ends in a backslash: a shell joins the next line to it"
    case .escapeInUnquoted: "\(subject) escapes a dollar outside quotes: most readers keep the backslash"
    case .unterminatedExpansion: "\(subject) has a \"${\" that is never closed"
    case .badExpansion: "\(subject) has an expansion that is none of ${NAME}, :-, -, :+, +, :?, ?"
    case .unbracedDollar: "\(subject) has $NAME without braces: half of the readers expand it, half keep it"
    case .undefinedVariable: "\(subject) expands a variable that is not set"
    case .requiredVariable: "\(subject) requires a variable that is not set"
    case .commandSubstitution: "\(subject) has \"$(\": a shell would run a command; here nothing is run"
    case .expansionTooDeep: "\(subject) nests expansions too deeply"
    case .valueTooLarge: "\(subject) grows too large when it is expanded"
    case .duplicateKey: "\(subject) is set again"
    case .nonPosixKey: "\(subject) is a key that no shell can source"
    case .spaceAroundEquals: "\(subject) has a blank around its =: shells refuse the line"
    case .unquotedSpace: "\(subject) has a blank outside quotes: a shell runs the second word"
    case .hashAfterQuote: "\(subject) has a comment glued to its closing quote"
    case .literalDollar: "\(subject) has a dollar that some readers drop"
    case .ambiguousValue: ambiguity(of: subject)
    }
  }

  private func ambiguity(of subject: String) -> String {
    // Disagreements stand in the order of their constructs.
    var found = ""
    var last: Construct?
    for disagreement in disagreements {
      let isNew = disagreement.construct != last
      if isNew { found += "\(last == nil ? "" : "); ")\(disagreement.construct.rawValue) (" }
      found += (isNew ? "" : "; ") + disagreement.text
      last = disagreement.construct
    }
    if last != nil { found += ")" }
    return "\(subject) is read otherwise elsewhere: \(found)"
  }
}
