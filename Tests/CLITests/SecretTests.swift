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

  @Test(arguments: [
    ("base64url", "base64url:32"), ("hex:64", "hex:64"), ("laravel", "laravel:32"), ("fernet", "fernet"),
    ("jwk:64", "jwk:64"), ("wordpress", "wordpress"), ("django", "django"), ("digits:39", "digits:39"),
  ])
  func aKeyAsJSONIsOneObjectOnOneLine(_ kind: String, _ name: String) throws {
    let outcome = Scratch().cfgkit("generate", kind, "--format", "json")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.split(separator: "\n").count == 1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8)) as? [String: Any])
    #expect(Set(object.keys) == ["schemaVersion", "kind", "value"])
    #expect(object["kind"] as? String == name)
    #expect((object["value"] as? String)?.isEmpty == false)
  }

  @Test(arguments: [
    (["hexx"], "there is no such kind of key; did you mean hex?; the kinds: base64url, hex, base64, laravel"),
    (["sekret"], "there is no such kind of key; the kinds: base64url, hex, base64, laravel"),
    (["hex:8"], "hex:8 holds less than 128 bits; write hex:16 or more"),
    (["hex", "--bytes", "1025"], "hex:1025 is too large; write hex:1024 or less"),
    (["digits:38"], "digits:38 holds less than 128 bits; write digits:39 or more"),
    (["diceware:9"], "diceware:9 holds less than 128 bits; write diceware:10 or more"),
    (["laravel:24"], "Keys of kind laravel have size 16 or 32, not 24; write laravel:32"),
    (["fernet", "--bytes", "16"], "Keys of kind fernet have size 32, not 16; write fernet"),
    (["hex", "--bytes", "0"], "Size 0 of hex is not a whole number from 1 on; write hex:32"),
    (["hex:32", "--bytes", "32"], "the size is given twice: in the kind and with --bytes"),
  ])
  func aKeyThatNobodyCanMakeIsRefusedWithTheWayOut(_ words: [String], _ message: String) {
    let outcome = Scratch().cfgkit(arguments: ["generate"] + words)
    #expect(outcome.status == 64)
    #expect(outcome.stdout.isEmpty)
    #expect(outcome.stderr.hasPrefix("error: \(message)"), "\(outcome.stderr)")
    #expect(outcome.stderr.split(separator: "\n").count == 1)
  }

  @Test func whatWasTypedInThePlaceOfAKindIsNotRepeated() {
    let outcome = Scratch().cfgkit("generate", "correct-horse-battery")
    #expect(outcome.status == 64)
    #expect(!outcome.everything.contains("horse"))
  }

  @Test func everyKindIsNamedInTheHelpAndMakesAKey() throws {
    let help = Scratch().cfgkit("generate", "--help").stdout.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let list = try #require(help.firstMatch(of: #/generate= of a schema: ([a-z0-9, -]+)\./#)).1
    let kinds = list.split(separator: ", ").map(String.init)
    #expect(kinds.count == 18)
    for kind in kinds {
      let outcome = Scratch().cfgkit("generate", kind)
      #expect(outcome.status == 0, "\(kind)")
      #expect(outcome.stdout.count(where: \.isNewline) == 1, "\(kind)")
      #expect(outcome.stderr.isEmpty == (kind != "uuid"), "\(kind): \(outcome.stderr)")
    }
  }

  @Test func aKeyForAFileGoesThereAndNowhereElse() throws {
    let scratch = Scratch()
    #expect(scratch.cfgkit("generate", "hex:32", "-o", "key").stdout.isEmpty)
    #expect(scratch.mode("key") == 0o600)
    #expect(try #require(scratch.read("key")).wholeMatch(of: #/[0-9a-f]{64}\n/#) != nil)
    #expect(scratch.cfgkit("generate", "hex:32", "-o", "key").status == 73)
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
      lines.first?.wholeMatch(of: #/1: reject, \d+ bits, 30 bytes: placeholder 20, sequence 10, below-98/#)
        != nil)
    #expect(lines.last?.wholeMatch(of: #/2: reject, \d+ bits, 32 bytes: hash-of-word/#) != nil)
    #expect(outcome.stderr == "fix: take a key that nobody chose: cfgkit generate\n")
    let good = Scratch().cfgkit("strength", "--stdin", stdin: Scratch().cfgkit("generate").stdout)
    #expect(good.stdout.wholeMatch(of: #/ok, \d+ bits, \d+ bytes\n/#) != nil)
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
