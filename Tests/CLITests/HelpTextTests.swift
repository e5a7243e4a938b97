import Testing

/// The page of `cfgkit --help` is rendered ahead of time, since rendering it costs three times what starting does.
/// `CFGKIT_UPDATE_GOLDEN=1 swift test --filter HelpTextTests` renders it anew.
@Suite struct HelpTextTests {
  @Test func thePreparedPageIsWhatTheParserWouldRender() throws {
    // Any second option takes the long way through the parser.
    let rendered = Scratch().cfgkit("--help", "--no-input", environment: ["COLUMNS": "80"]).stdout
    #expect(rendered.contains("validate"))
    if Golden.isUpdating { try Golden.writeHelpText(rendered) }
    for words in [["--help"], ["-h"], ["help"], []] {
      let outcome = Scratch().cfgkit(arguments: words)
      #expect(outcome.status == 0)
      #expect(Golden.isUpdating || outcome.stdout == rendered)
    }
  }

  @Test(arguments: [["validate", "--help"], ["help", "validate"]])
  func whatIsTheVerbsOwnComesFirst(words: [String]) throws {
    let page = Scratch().cfgkit(arguments: words).stdout
    let own = try #require(page.firstRange(of: "\nOPTIONS:\n"))
    let common = try #require(page.firstRange(of: "\nOPTIONS OF EVERY VERB:\n"))
    #expect(own.lowerBound < common.lowerBound)
    #expect(page.hasSuffix("\n") && !page.hasSuffix("\n\n"))
  }
}
