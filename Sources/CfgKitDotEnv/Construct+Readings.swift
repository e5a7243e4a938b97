extension Construct {
  /// Who reads it otherwise than cfgkit, and how.
  var readings: [(effect: Disagreement.Effect, dialects: [Dialect])] {
    switch self {
    // Quotes, comments and blanks
    case .quotes: [(.kept, [.docker, .swiftConfiguration])]
    case .comment: [(.commentInValue, [.docker, .systemd, .swiftConfiguration, .vapor])]
    case .commentAfterTab: [(.commentInValue, [.compose]), (.blanksKept, [.node])]
    case .commentWithHashes: [(.commentInValue, [.godotenv])]
    case .commentAfterQuote:
      [(.commentInValue, [.docker, .systemd, .swiftConfiguration, .vapor])]
    case .commentGluedToQuote: [(.commentInValue, [.bash]), (.refused, [.dotenvy])]
    case .wordsBehindGluedComment: [(.run, [.bash])]
    case .blankAfterQuote: [(.blanksKept, [.docker, .vapor])]
    case .hashInside: [(.cut, [.motdotla, .node, .ruby])]
    case .hashFirst: [(.emptied, [.motdotla, .node, .ruby, .dotenvy])]
    case .hashAfterBlank:
      [
        (
          .commentInValue,
          [.pythonDotenv, .compose, .docker, .systemd, .godotenv, .swiftConfiguration, .vapor]
        )
      ]
    case .spaceAroundEquals: [(.refused, [.docker, .bash]), (.blanksKept, [.vapor])]
    case .tabAroundEquals: [(.blanksKept, [.node])]
    case .trailingBlank: [(.blanksKept, [.docker, .vapor])]
    case .trailingTab: [(.blanksKept, [.node])]
    case .export: [(.keyChanged, [.systemd, .swiftConfiguration, .vapor]), (.refused, [.docker])]
    case .exportBlanks: [(.keyChanged, [.node])]
    case .exportEmpty: [(.refused, [.ruby])]

    // Unquoted values
    case .blankInside: [(.refused, [.bash, .dotenvy])]
    case .shellSyntax: [(.run, [.bash])]
    case .quoteInside: [(.removed, [.bash, .dotenvy])]
    case .openQuoteInside: [(.joined, [.bash]), (.refused, [.dotenvy])]
    case .backslash: [(.backslashLost, [.ruby, .bash, .systemd]), (.refused, [.dotenvy])]
    case .trailingBackslash: [(.joined, [.bash, .systemd]), (.backslashLost, [.dotenvy])]
    case .escapedDollarBare:
      [
        (
          .backslashKept,
          [.motdotla, .node, .pythonDotenv, .docker, .swiftConfiguration, .vapor]
        ), (.expanded, [.compose]),
      ]
    case .backtickFirst, .backtickInside: [(.run, [.bash])]
    case .backtickPair: [(.removed, [.motdotla])]
    case .backtickClosedLater: [(.removed, [.node])]

    // Quoted values
    case .singleEndsInBackslash: [(.refused, [.compose, .godotenv, .dotenvy])]
    case .singleRunsOn, .escapedBackslashRunsOn: [(.joined, [.pythonDotenv])]
    case .singleDoubleBackslash: [(.backslashLost, [.pythonDotenv])]
    case .singleExpansion: [(.expanded, [.pythonDotenv])]
    case .escapedQuote: [(.backslashKept, [.motdotla, .vapor]), (.cut, [.node])]
    case .escapedQuoteLast: [(.cut, [.godotenv])]
    case .escapedBackslash: [(.backslashKept, [.motdotla, .node, .vapor])]
    case .escapedBackslashLast: [(.refused, [.godotenv])]
    case .escapedBackslashDollar: [(.keptAsText, [.ruby, .godotenv])]
    case .escapedNewline: [(.backslashKept, [.ruby, .bash, .systemd])]
    case .escapedReturn: [(.backslashKept, [.node, .ruby, .bash, .systemd, .vapor]), (.refused, [.dotenvy])]
    case .escapedTab:
      [
        (.backslashKept, [.motdotla, .node, .bash, .systemd, .vapor]), (.backslashLost, [.ruby, .godotenv]),
        (.refused, [.dotenvy]),
      ]
    case .escapedOther: [(.backslashLost, [.ruby, .godotenv]), (.refused, [.dotenvy])]
    case .escapedControl: [(.decoded, [.pythonDotenv, .compose])]
    case .escapedZero: [(.decoded, [.compose])]
    case .escapedApostrophe: [(.decoded, [.pythonDotenv])]
    case .escapedBacktick: [(.decoded, [.bash, .systemd])]
    case .escapedLineEnd: [(.joined, [.bash, .systemd])]
    case .escapedDollar: [(.backslashKept, [.motdotla, .node, .pythonDotenv, .vapor])]
    case .lineBreak: [(.firstLineOnly, [.docker, .swiftConfiguration, .vapor])]
    case .lineBreakCRLF: [(.carriageReturnKept, [.compose, .bash, .systemd, .dotenvy])]
    case .lineBreakCR:
      [(.carriageReturnKept, [.compose, .bash, .systemd, .godotenv, .dotenvy]), (.changed, [.node])]

    // Lines and bytes
    case .crlf: [(.carriageReturnKept, [.bash, .vapor])]
    case .crlfBeforeText: [(.linesJoined, [.swiftConfiguration])]
    case .crlfBlank: [(.refused, [.bash]), (.keyChanged, [.vapor])]
    case .carriageReturnLast: [(.carriageReturnKept, [.bash, .vapor])]
    case .carriageReturnBehindEquals: [(.joined, [.godotenv])]
    case .carriageReturnBehindComment: [(.linesJoined, [.godotenv])]
    case .carriageReturn:
      [(.linesJoined, [.node, .compose, .docker, .bash, .dotenvy, .swiftConfiguration, .vapor])]
    case .byteOrderMark:
      [
        (.keyChanged, [.node, .pythonDotenv, .systemd, .swiftConfiguration, .vapor]),
        (.refused, [.bash, .godotenv, .dotenvy]),
      ]
    case .byteOrderMarkAbove:
      [(.keyChanged, [.node, .pythonDotenv, .vapor]), (.refused, [.bash, .godotenv, .dotenvy])]
    case .tabBefore: [(.keyChanged, [.node, .vapor])]
    case .longLine: [(.refused, [.docker])]

    // Expansions
    case .dollarName:
      [
        (
          .keptAsText,
          [.motdotla, .node, .pythonDotenv, .docker, .systemd, .swiftConfiguration, .vapor]
        )
      ]
    case .dollarNameUnderscore: [(.changed, [.dotenvy])]
    case .dollarNameBrace: [(.changed, [.ruby, .godotenv])]
    case .lowerCaseName: [(.keptAsText, [.godotenv])]
    case .braced:
      [(.keptAsText, [.motdotla, .node, .docker, .systemd, .swiftConfiguration, .vapor])]
    case .shellVariable: [(.expanded, [.bash])]
    case .defaultWord: [(.leftOver, [.ruby, .godotenv])]
    case .defaultWordUsed: [(.emptied, [.dotenvy])]
    case .defaultOfEmpty: [(.emptied, [.pythonDotenv])]
    case .wordWithDollar: [(.keptAsText, [.pythonDotenv])]
    case .otherOperator: [(.leftOver, [.ruby, .godotenv])]
    case .otherOperatorUsed: [(.emptied, [.pythonDotenv, .dotenvy])]
    case .colonOperator: [(.keptAsText, [.pythonDotenv])]
    case .nestedExpansion: [(.leftOver, [.pythonDotenv, .ruby, .godotenv, .dotenvy])]
    case .quotesInWord: [(.removed, [.bash])]
    case .twoDollars: [(.dollarLost, [.compose, .dotenvy]), (.expanded, [.bash])]
    case .dollarDigit: [(.dollarLost, [.ruby, .bash, .godotenv, .dotenvy])]
    case .dollarOther: [(.dollarLost, [.dotenvy])]
    case .dollarSpecial: [(.expanded, [.bash])]
    case .commandSubstitution: [(.run, [.ruby, .bash]), (.refused, [.dotenvy])]
    case .commandSubstitutionName: [(.changed, [.godotenv])]
    case .fileAndProcess: [(.fileFirst, [.pythonDotenv, .bash])]
    case .processVariable: [(.environmentIgnored, [.godotenv])]

    // Keys
    case .keyInProcess: [(.environmentWins, [.ruby])]
    case .duplicateKey: [(.firstWins, [.vapor])]
    case .dottedKey: [(.refused, [.bash])]
    case .dashedKey: [(.refused, [.bash, .godotenv, .dotenvy]), (.keyLost, [.ruby])]
    case .prototypeKey: [(.keyLost, [.motdotla, .node])]
    case .shellKey: [(.keyLost, [.bash])]

    // Characters that cannot be seen
    case .invisibleEdge: [(.trimmed, [.pythonDotenv, .dotenvy, .swiftConfiguration])]
    case .invisibleEdgeJavaScript: [(.trimmed, [.motdotla])]
    case .invisibleEdgeLatin: [(.trimmed, [.compose, .godotenv])]
    case .invisibleEdgeASCII: [(.trimmed, [.ruby])]
    case .hashAfterInvisible: [(.cut, [.pythonDotenv, .dotenvy])]
    case .hashAfterNoBreakSpace: [(.cut, [.godotenv])]
    case .combiningAfterEquals: [(.keyLost, [.swiftConfiguration])]
    }
  }
}
