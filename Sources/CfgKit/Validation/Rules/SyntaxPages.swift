import CfgKitDotEnv

/// The pages of the syntax rules, for `cfgkit rules`.
enum SyntaxPages {
  struct Page {
    let summary: String
    let reason: String
    let remedy: String
  }

  /// Whether the strict reading only warns.
  static func isAlwaysWarning(_ id: Diagnostic.ID) -> Bool {
    switch id {
    case .nonPosixKey, .spaceAroundEquals, .unquotedSpace, .hashAfterQuote, .literalDollar, .ambiguousValue:
      true
    default: false
    }
  }

  static func page(of id: Diagnostic.ID) -> Page {
    switch id {
    case .fileTooLarge:
      Page(
        summary: "the file is larger than a .env can be",
        reason: "16 MiB of configuration is a mistake: a dump or an archive under the wrong name.",
        remedy: "Name the right file with -f.")
    case .utf16:
      Page(
        summary: "the file is UTF-16, not UTF-8",
        reason:
          "Windows editors and shells write it; most readers then see no key at all, or a wrong first one.",
        remedy: "Save the file as UTF-8.")
    case .nulByte:
      Page(
        summary: "a NUL byte in the file",
        reason: "No environment variable can hold one, and readers cut the value there.",
        remedy: "Remove it; keep binary data as base64.")
    case .invalidUTF8:
      Page(
        summary: "bytes that are not UTF-8",
        reason: "Readers replace, drop or refuse them, each in its own way.",
        remedy: "Save the file as UTF-8.")
    case .badKey:
      Page(
        summary: "a line that does not begin with a key",
        reason:
          "A key is a letter or _ and then letters, digits, _ . or -. Other lines are skipped silently by most readers.",
        remedy: "Write KEY=value, or # before the line.")
    case .missingEquals:
      Page(
        summary: "a key without =",
        reason: "Some readers skip the line, some set the key to nothing, some take it from the environment.",
        remedy: "Write KEY= for the empty value.")
    case .colonSeparator:
      Page(
        summary: "a colon where = belongs",
        reason: "That is YAML; few readers of .env files know it.", remedy: "Write = instead of the colon.")
    case .unterminatedQuote:
      Page(
        summary: "a quote that is never closed",
        reason: "Everything behind it belongs to the value for one reader, and to the next keys for another.",
        remedy: "Close the quote.")
    case .textAfterQuote:
      Page(
        summary: "text behind a closing quote",
        reason: "Readers join it, drop it or refuse the line.",
        remedy: "Put the whole value into one pair of quotes: cfgkit set KEY does.")
    case .unknownEscape:
      Page(
        summary: "a backslash escape that readers do not agree on",
        reason: "Only \\n \\r \\\" \\\\ and \\$ are read alike by most.",
        remedy: "Write two backslashes, or the character itself.")
    case .valueStartsWithHash:
      Page(
        summary: "a value that begins with #",
        reason: "Node and others take it as a comment: the value is empty there.",
        remedy: "Put the value in single quotes.")
    case .backtickQuote:
      Page(
        summary: "a value in backticks",
        reason: "Some JavaScript readers take them as quotes; a shell runs what stands between them.",
        remedy: "Use single quotes.")
    case .hashInUnquoted:
      Page(
        summary: "an unquoted # inside a value",
        reason: "python-dotenv reads on, Node and others stop there: a password loses its end.",
        remedy: "Put the value in single quotes.")
    case .invisibleCharacter:
      Page(
        summary: "a character that cannot be seen",
        reason: "It came with a copied text, and makes the value differ from what it seems to be.",
        remedy: "Remove it, or quote the value if it is meant.")
    case .trailingBackslash:
      Page(
        summary: "an unquoted value that ends in a backslash",
        reason: "Shells and systemd join the next line to it.", remedy: "Put the value in single quotes.")
    case .escapeInUnquoted:
      Page(
        summary: "an escaped dollar in an unquoted value",
        reason: "Most readers keep the backslash.",
        remedy: "Put the value in single quotes, without the backslash.")
    case .unterminatedExpansion:
      Page(
        summary: "${ without its }", reason: "Readers keep it, drop it or fail.",
        remedy: "Close it, or put the value in single quotes.")
    case .badExpansion:
      Page(
        summary: "an expansion that is none of ${NAME}, :-, -, :+, +, :?, ?",
        reason: "Shells know more operators, but no other reader does.",
        remedy: "Use one of those, or put the value in single quotes.")
    case .unbracedDollar:
      Page(
        summary: "$NAME without braces",
        reason: "Half of the readers expand it, half keep it: passwords with a $ lose their end.",
        remedy: "Write ${NAME}, or put the value in single quotes.")
    case .undefinedVariable:
      Page(
        summary: "an expansion of a variable that is not set",
        reason: "It would silently be empty.",
        remedy: "Write ${NAME:-} if empty is meant; else set it before this line.")
    case .requiredVariable:
      Page(
        summary: "an expansion that requires a variable which is not set",
        reason: "${NAME:?} asks for exactly this error.", remedy: "Set the variable.")
    case .commandSubstitution:
      Page(
        summary: "$( in a value",
        reason: "A shell or ruby's dotenv would run a command here. cfgkit never runs anything.",
        remedy: "Put the value in single quotes.")
    case .expansionTooDeep:
      Page(
        summary: "expansions nested too deeply", reason: "More than 16 levels is a mistake or an attack.",
        remedy: "Use fewer levels.")
    case .valueTooLarge:
      Page(
        summary: "an expanded value that is too large",
        reason: "Twenty lines that double each other make 16 MiB.", remedy: "Write the value out.")
    case .duplicateKey:
      Page(
        summary: "a key that is set twice",
        reason: "Most readers take the last, some the first; nobody sees the other.",
        remedy: "Delete the line that has no effect.")
    case .nonPosixKey:
      Page(
        summary: "a key with . or -", reason: "No shell can source it, and some readers drop the line.",
        remedy: "Use letters, digits and _.")
    case .spaceAroundEquals:
      Page(
        summary: "a blank around =", reason: "Shells refuse the line, docker keeps the blank.",
        remedy: "Remove the blank.")
    case .unquotedSpace:
      Page(
        summary: "a blank in an unquoted value", reason: "A shell runs the second word as a command.",
        remedy: "Quote the value.")
    case .hashAfterQuote:
      Page(
        summary: "a comment glued to a closing quote", reason: "Shells join it to the value.",
        remedy: "Put a blank before the #.")
    case .literalDollar:
      Page(
        summary: "a dollar that is kept as it stands", reason: "Some readers drop it or what follows.",
        remedy: "Put the value in single quotes.")
    case .ambiguousValue:
      Page(
        summary: "a spelling that one of the named readers reads otherwise",
        reason: "The project serves readers that disagree about it.",
        remedy: "Respell the value: cfgkit set KEY does.")
    }
  }
}
