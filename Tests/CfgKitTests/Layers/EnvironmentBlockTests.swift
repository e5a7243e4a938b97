import Testing

@testable import CfgKit

@Suite struct EnvironmentBlockTests {
  @Test func aCapturedEnvironmentHasEveryVariableOfTheProcess() throws {
    let captured = try EnvironmentBlock.process.captured()
    #expect(Set(captured.names) == Set(EnvironmentBlock.process.names))
    for name in captured.names { #expect(captured.text(name) == EnvironmentBlock.process.text(name)) }
    #expect(captured.text("CFGKIT_NO_SUCH_VARIABLE") == nil)
  }

  @Test func nothingThatPrintsACapturedEnvironmentShowsAValue() throws {
    let captured = try EnvironmentBlock.process.captured()
    let path = try #require(captured.text("PATH"))
    var dumped = ""
    dump(captured, to: &dumped)
    for text in [dumped, "\(captured)", String(reflecting: captured)] { #expect(!text.contains(path)) }
  }
}
