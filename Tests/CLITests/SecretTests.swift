import Foundation
import Testing

@Suite struct SecretTests {
  @Test func generatePrintsOneKeyAndNothingElse() {
    let outcome = Scratch().cfgkit("generate")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.isEmpty)
    #expect(outcome.stdout.wholeMatch(of: #/[A-Za-z0-9_-]{43}\n/#) != nil)
    #expect(Scratch().cfgkit("generate").stdout != outcome.stdout)
  }

  @Test func kindAndSizeCanBeChosen() {
    #expect(Scratch().cfgkit("generate", "hex:16").stdout.wholeMatch(of: #/[0-9a-f]{32}\n/#) != nil)
    #expect(
      Scratch().cfgkit("generate", "hex", "--bytes", "64").stdout.wholeMatch(of: #/[0-9a-f]{128}\n/#) != nil)
    let json = Scratch().cfgkit("generate", "hex:32", "--format", "json").stdout
    #expect(json.hasPrefix("{\"schemaVersion\":1,\"kind\":\"hex:32\",\"value\":\""))
  }

  @Test func strengthScoresEveryLineAndEndsWith1ForARejectedOne() throws {
    let good = Scratch().cfgkit("generate").stdout
    let outcome = Scratch().cfgkit(
      "strength", "--stdin", "--format", "json",
      stdin: "your-secret-key-here-minimal-32-characters\n\n\(good)")
    #expect(outcome.status == 1)
    let lines = try outcome.stdout.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.map { $0["line"] as? Int } == [1, 2, 3])
    #expect(lines.map { $0["verdict"] as? String } == ["reject", "reject", "ok"])
    #expect((lines[0]["reasons"] as? [String])?.isEmpty == false)
    #expect(lines[0]["bytes"] as? Int == 42)
    #expect(outcome.stdout.hasPrefix("{\"schemaVersion\":1,\"line\":1,\"verdict\":\"reject\",\"bits\":"))
    #expect(!outcome.everything.contains("your-secret"))
    #expect(Scratch().cfgkit("strength", "--stdin", stdin: good).status == 0)
    #expect(Scratch().cfgkit("strength", "--stdin", "--min-bits", "500", stdin: good).status == 1)
  }

  @Test func strengthSaysWhatWasFoundWithCountsAndTheWayOut() {
    let outcome = Scratch().cfgkit(
      "strength", "--stdin", stdin: "your-secret-key-here1234567890\n5f4dcc3b5aa765d61d8327deb882cf99\n")
    #expect(outcome.status == 1)
    let lines = outcome.stdout.split(separator: "\n")
    #expect(
      lines.first?.wholeMatch(of: #/1: reject, \d+ bits: placeholder 20, sequence 10, below-98/#) != nil)
    #expect(lines.last?.wholeMatch(of: #/2: reject, \d+ bits: hash-of-word/#) != nil)
    #expect(outcome.stderr == "fix: take a key that nobody chose: cfgkit generate\n")
    let good = Scratch().cfgkit("strength", "--stdin", stdin: Scratch().cfgkit("generate").stdout)
    #expect(good.stdout.wholeMatch(of: #/ok, \d+ bits\n/#) != nil)
    #expect(good.stderr.isEmpty)
  }

  @Test func strengthShowsNoPieceOfWhatItScores() {
    let keys = (0..<20).map { _ in Scratch().cfgkit("generate", "alnum:40").stdout }
    for format in ["text", "json"] {
      let outcome = Scratch().cfgkit("strength", "--stdin", "--format", format, stdin: keys.joined())
      #expect(outcome.status == 0)
      for key in keys {
        for start in key.indices.dropLast(6) {
          #expect(!outcome.everything.contains(key[start..<key.index(start, offsetBy: 6)]))
        }
      }
    }
  }

  @Test func strengthAsksOnATerminal() {
    let scratch = Scratch()
    let run = PseudoTerminal(["strength"], in: scratch)
    #expect(run.shows("secret: "))
    #expect(run.hidesWhatIsTyped())
    run.type("password\n")
    #expect(run.finish() == 1)
    #expect(run.screen.contains("reject"))
    #expect(!run.screen.contains("password"))
    #expect(Scratch().cfgkit("strength").status == 64)
  }
}
