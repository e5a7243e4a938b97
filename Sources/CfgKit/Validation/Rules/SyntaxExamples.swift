import CfgKitDotEnv

/// What the flaws of the syntax rules look like, for `cfgkit rules`.
enum SyntaxExamples {
  static func example(of id: Diagnostic.ID) -> String {
    switch id {
    case .fileTooLarge: "$ cfgkit -f database.dump validate"
    case .utf16: "PS> \"PORT=8080\" > .env     # PowerShell 5 writes UTF-16"
    case .nulByte: "KEY=abc\\0def     # a byte of value 0"
    case .invalidUTF8: "NAME=Jos\\xE9     # Latin-1"
    case .badKey: "2FA_SECRET=…"
    case .missingEquals: "PORT"
    case .colonSeparator: "PORT: 8080"
    case .unterminatedQuote: "NAME=\"Ada\nPORT=8080"
    case .textAfterQuote: "NAME=\"Ada\" Lovelace"
    case .unknownEscape: "PATTERN=\"\\d+\""
    case .valueStartsWithHash: "COLOR=#ff0000"
    case .backtickQuote: "QUERY=`select 1`"
    case .hashInUnquoted: "PASSWORD=p#ss"
    case .invisibleCharacter: "TOKEN=abc\\u{200B}     # a zero-width space, pasted along"
    case .trailingBackslash: "FOLDER=C:\\data\\"
    case .escapeInUnquoted: "PRICE=\\$5"
    case .unterminatedExpansion: "URL=http://${HOST"
    case .badExpansion: "NAME=${HOST^^}"
    case .unbracedDollar: "PASSWORD=pa$word"
    case .undefinedVariable: "URL=http://${HOTS}/     # HOST is meant"
    case .requiredVariable: "URL=http://${HOST:?set it}/"
    case .commandSubstitution: "BUILD=$(git rev-parse HEAD)"
    case .expansionTooDeep: "A=${B:-${C:-${D:-…}}}     # more than 16 levels"
    case .valueTooLarge: "A=xxxx\nB=${A}${A}${A}${A}     # and so on"
    case .duplicateKey: "PORT=80\nPORT=8080"
    case .nonPosixKey: "app.port=8080"
    case .spaceAroundEquals: "PORT = 8080"
    case .unquotedSpace: "NAME=Ada Lovelace"
    case .hashAfterQuote: "NAME=\"Ada\"#the first"
    case .literalDollar: "PRICE=$5"
    case .ambiguousValue: "TEXT='a\\nb'"
    }
  }

  /// Where the readers' behaviour was looked up.
  static func source(of id: Diagnostic.ID) -> String {
    guard id == .ambiguousValue else {
      return "cfgkit's table of how readers of .env files take each spelling; POSIX.1-2024, section 2"
    }
    return "what these made of each spelling: " + Dialect.allCases.map(\.title).joined(separator: ", ")
  }
}
