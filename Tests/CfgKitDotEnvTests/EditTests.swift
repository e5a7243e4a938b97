import Testing

@testable import CfgKitDotEnv

@Suite struct EditTests {
  private func text(_ document: Document) -> String { String(decoding: document.bytes, as: UTF8.self) }

  @Test(arguments: [
    ("A=1\nB=2\n", "A=new\nB=2\n"),
    ("  export A = \"old\"   # why\r\nB=2\r\n", "  export A = new   # why\r\nB=2\r\n"),
    ("A=\n", "A=new\n"),
    ("A=", "A=new"),
    ("A='x'#glued\n", "A=new #glued\n"),
    ("A=1\nB=2\nA=3\n", "A=1\nB=2\nA=new\n"),
    ("A=\"line\nline\"\nB=2", "A=new\nB=2"),
    ("A=\"bad\\x\"\n", "A=new\n"),
    ("A=\"a\"b\n", "A=new\n"),
    ("B=2", "B=2\nA=new\n"),
    ("B=2\r\n", "B=2\r\nA=new\r\n"),
    ("", "A=new\n"),
    ("# only a comment\n", "# only a comment\nA=new\n"),
    ("\u{FEFF}A=1\n", "\u{FEFF}A=new\n"),
    ("A=${B:-x}\n", "A=new\n"),
  ])
  func setChangesTheValueAlone(before: String, after: String) throws {
    var document = Document(Array(before.utf8))
    try document.set("A", to: "new")
    #expect(text(document) == after)
    let once = document.bytes
    try document.set("A", to: "new")
    #expect(document.bytes == once)
  }

  @Test func anEmptyValueBeforeACommentIsQuoted() throws {
    var document = Document(Array("A=x # c\n".utf8))
    try document.set("A", to: "")
    #expect(text(document) == "A=\"\" # c\n")
  }

  @Test(arguments: [
    ("plain", "A=plain\n", true), ("a b", "A='a b'\n", true), ("it's", "A=\"it's\"\n", true),
    ("a\nb", "A=\"a\nb\"\n", true), ("$x\ny", "A='$x\ny'\n", true), ("'\"", "A=\"'\\\"\"\n", false),
    ("x\\", "A=\"x\\\\\"\n", false), ("a\rb", "A=\"a\\rb\"\n", false), ("p@ss#w$rd", "A='p@ss#w$rd'\n", true),
    ("é", "A='é'\n", true), ("a\\\\b", "A='a\\\\b'\n", false), ("a\\b", "A='a\\b'\n", true),
    ("${x}", "A='${x}'\n", false),
  ])
  func theFirstSpellingThatFitsIsWritten(value: String, line: String, isPortable: Bool) throws {
    var document = Document([])
    let result = try document.set("A", to: value)
    #expect(text(document) == line)
    #expect(result.isPortable == isPortable)
    #expect(document.read().value(for: "A") == value)
  }

  @Test(arguments: [
    ("A=\"open\n", "A", EditError.Code.unterminatedQuote), ("A=1\n", "1A", .badKey), ("A=1\n", "", .badKey),
    ("A 1\n", "A", .brokenLine), ("A: 1\n", "A", .brokenLine), ("\u{0}", "A", .notADotEnv),
  ])
  func whatCannotBeEditedSafelyIsRefused(before: String, key: String, code: EditError.Code) {
    var document = Document(Array(before.utf8))
    #expect { try document.set(key, to: "x") } throws: { ($0 as? EditError)?.code == code }
    #expect(document.bytes == Array(before.utf8))
  }

  @Test func aValueThatPutsAnotherEntryInErrorIsRefused() throws {
    let before = Array("A=1\nB=${A:?}\n".utf8)
    var document = Document(before)
    #expect(throws: EditError(.harmsOther, "", at: Position(line: 2, column: 1))) {
      try document.set("A", to: "")
    }
    #expect(document.bytes == before)
    try document.set("A", to: "2")
    #expect(document.read().value(for: "B") == "2")
    // What is in error already is none of the edit's doing.
    var broken = Document(Array("A=1\nB=#\nC=${B}\n".utf8))
    try broken.set("A", to: "")
    var large = Document(Array("A=1\nB=${A}${A}\n".utf8), limits: Limits(valueBytes: 4))
    #expect(throws: EditError(.harmsOther, "", at: Position(line: 2, column: 1))) {
      try large.set("A", to: "123")
    }
  }

  @Test func aValueWithANulByteIsRefused() {
    var document = Document([])
    #expect { try document.set("A", to: "a\u{0}b") } throws: { ($0 as? EditError)?.code == .badValue }
  }

  @Test func removeTakesAllEntriesAndLeavesComments() throws {
    var document = Document(Array("# about A\nA=1\nB=2\nexport A='x\ny'\n# end".utf8))
    #expect(try document.remove("A") == 2)
    #expect(text(document) == "# about A\nB=2\n# end")
    #expect(try document.remove("A") == 0)
  }

  @Test func newKeysGoBesideTheirNeighbours() throws {
    var document = Document(Array("A=1\n\n# about C\nC=3\n".utf8))
    try document.set("B", to: "2", at: .after(key: "A"))
    try document.set("BB", to: "2", at: .before(key: "C"))
    #expect(text(document) == "A=1\nB=2\n\nBB=2\n# about C\nC=3\n")
  }

  @Test func commentsAreInsertedReplacedAndRemoved() throws {
    var document = Document(Array("A=1\r\nB=2\r\n".utf8))
    try document.insertComment("# cfgkit: rotated=2026-11-23", above: "B")
    #expect(text(document) == "A=1\r\n# cfgkit: rotated=2026-11-23\r\nB=2\r\n")
    try document.replaceComment(at: 1, with: "# other")
    #expect(text(document) == "A=1\r\n# other\r\nB=2\r\n")
    try document.replaceComment(at: 1, with: nil)
    #expect(text(document) == "A=1\r\nB=2\r\n")
    #expect { try document.insertComment("X=1", above: "B") } throws: {
      ($0 as? EditError)?.code == .badPlace
    }
    #expect { try document.insertComment("# a\nX=1", above: "B") } throws: {
      ($0 as? EditError)?.code == .badPlace
    }
    #expect { try document.replaceComment(at: 0, with: "# x") } throws: {
      ($0 as? EditError)?.code == .badPlace
    }
  }

  @Test func linesAreInsertedWithTheFilesLineEnd() throws {
    var document = Document(Array("A=1\r\nB=2".utf8))
    try document.insertLines("# c\nC=3\n# D=\n")
    #expect(text(document) == "A=1\r\nB=2\r\n# c\r\nC=3\r\n# D=\r\n")
    #expect(document.entries.map { document.key(of: $0) } == ["A", "B", "C"])
    #expect { try document.insertLines("no line\n") } throws: { ($0 as? EditError)?.code == .badPlace }
  }
}
