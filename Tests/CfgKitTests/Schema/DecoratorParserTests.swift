import Testing

@testable import CfgKit

@Suite struct DecoratorParserTests {
  private func line(_ comment: String) throws -> DecoratorParser.Line { try DecoratorParser.parse(comment) }

  @Test func plainWordsAreADescription() throws {
    #expect(
      try line("# Signs session cookies; mail me @ work") == .words("Signs session cookies; mail me @ work"))
    #expect(try line("#") == .words(""))
  }

  @Test(arguments: ["# ---", "#---", "# ----------"])
  func aRuleOfDashesEndsTheHeader(comment: String) throws {
    #expect(try line(comment) == .divider)
  }

  @Test func decoratorsAndPragmasShareALine() throws {
    let expected = DecoratorParser.Line.decorators(
      [
        Decorator(name: "sensitive", value: nil, arguments: nil, offset: 2),
        Decorator(
          name: "type",
          value: .call("string", [.init(name: "minLength", value: .text("32"))]), arguments: nil, offset: 13),
      ],
      pragmas: [
        .init(name: "strength", value: "128", offset: 50),
        .init(name: "generate", value: "hex:32", offset: 63),
        .init(name: "distinct", value: nil, offset: 79),
      ])
    let comment = "# @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32 distinct"
    #expect(try line(comment) == expected)
  }

  @Test func pragmasMayStandAlone() throws {
    #expect(
      try line("# cfgkit: ignore=weak-secret")
        == .decorators([], pragmas: [.init(name: "ignore", value: "weak-secret", offset: 10)]))
  }

  @Test func aTrailingCommentThatIsNotOursIsIgnored() throws {
    #expect(
      try line("# @public # everyone may see it")
        == .decorators([Decorator(name: "public", value: nil, arguments: nil, offset: 2)], pragmas: []))
  }

  @Test func conditionsNest() throws {
    guard case .decorators(let decorators, _) = try line("# @required=not(eq($SESSION_TYPE, \"null\"))")
    else {
      Issue.record("not read as decorators")
      return
    }
    #expect(
      decorators.first?.value
        == .call(
          "not",
          [
            .init(
              name: nil,
              value: .call(
                "eq",
                [.init(name: nil, value: .reference("SESSION_TYPE")), .init(name: nil, value: .text("null"))])
            )
          ]))
  }

  @Test(arguments: [
    ("# @type=string(minLength=32", 14), ("# @example=\"open", 11), ("# @", 2), ("# @public sensitive", 10),
  ])
  func whatCannotBeReadIsLocated(comment: String, offset: Int) {
    #expect { try line(comment) } throws: { ($0 as? DecoratorError)?.offset == offset }
  }

  @Test func onlyAWholeCallIsACall() {
    #expect(DecoratorParser.call("op(op://vault/item)") != nil)
    #expect(DecoratorParser.call("op(op://vault/item) and more") == nil)
    #expect(DecoratorParser.call("plain") == nil)
  }
}
