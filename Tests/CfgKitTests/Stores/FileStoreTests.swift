import CfgKitDotEnv
import CfgKitSecrets
import Foundation
import SystemPackage
import Testing

@testable import CfgKit

@Suite struct FileStoreTests {
  private let scratch: Scratch
  private let store: FileStore

  init() throws {
    scratch = try Scratch()
    store = FileStore(scratch[".env"])
  }

  private func set(_ key: String, _ value: String) throws {
    try store.update { document in try document.set(key, to: value) }
  }

  @Test func `what is read is what is in the file`() throws {
    try scratch.write("A=1\r\n# x\nB='2\n3'\n")
    #expect(try store.load().0.bytes == Array("A=1\r\n# x\nB='2\n3'\n".utf8))
  }

  @Test func `a file of no byte is a document of no byte`() throws {
    try scratch.write("")
    #expect(try store.load().0.byteCount == 0)
  }

  @Test(arguments: [4_094, 4_095, 4_096, 4_097, 300_000]) func `every byte is read`(count: Int) throws {
    let text = "A=" + String(repeating: "x", count: count - 2)
    try scratch.write(text)
    #expect(try store.load().0.bytes == Array(text.utf8))
  }

  @Test func `a file that does not say its size is read to its end`() throws {
    #expect(try FileStore("/proc/self/status").load().0.byteCount > 0)
    let map = try FileStore("/proc/self/maps").load().0.bytes
    #expect(map.last == UInt8(ascii: "\n"))
  }

  @Test func `an update changes the value and no other byte`() throws {
    try scratch.write("# top\r\nA=1\r\n\r\nB='x y'   # why\nC=3")
    try set("B", "new")
    #expect(try scratch.text() == "# top\r\nA=1\r\n\r\nB=new   # why\nC=3")
    #expect(try scratch.names() == [".env"])
  }

  @Test func `an update that changes nothing writes nothing`() throws {
    try scratch.write("A=1\n")
    let before = try Stat(scratch[".env"])
    try store.update { _ in }
    let after = try Stat(scratch[".env"])
    #expect(after.isSameFile(as: before))
    #expect(after.statusChanged == before.statusChanged)
    #expect(try scratch.names() == [".env"])
  }

  @Test func `an edit that throws leaves the old file and no copy`() throws {
    struct No: Error {}
    try scratch.write("A=1\n")
    #expect(throws: No.self) {
      try store.update { document in
        try document.set("A", to: "2")
        throw No()
      }
    }
    #expect(try scratch.text() == "A=1\n")
    #expect(try scratch.names() == [".env"])
  }

  @Test(arguments: [0o600, 0o640, 0o400, 0o644, 0o660]) func `the mode of the old file is kept`(mode: Int)
    throws
  {
    try scratch.write("A=1\n", mode: mode)
    try set("A", "2")
    #expect(try scratch.mode() == CInterop.Mode(mode))
  }

  @Test func `the temporary file is private while the edit runs`() throws {
    try scratch.write("A=1\n", mode: 0o644)
    try store.update { document in
      let copy = try #require(try scratch.names().first { $0.hasPrefix(".env.cfgkit-") })
      #expect(try scratch.mode(copy) == 0o600)
      try document.set("A", to: "2")
    }
  }

  @Test func `a missing file is made, private, only where that was asked for`() throws {
    #expect(refusal { try set("A", "1") } == .notFound)
    try store.update(createIfAbsent: true) { document in try document.set("A", to: "1") }
    #expect(try scratch.text() == "A=1\n")
    #expect(try scratch.mode() == 0o600)
  }

  @Test func `a folder that does not exist is named`() throws {
    let store = FileStore(scratch["none/.env"])
    #expect(refusal { _ = try store.load() } == .notFound)
    #expect(refusal { try store.update(createIfAbsent: true) { _ in } } == .notFound)
  }

  @Test func `a directory is no file`() throws {
    try scratch.makeFolder(".env")
    #expect(refusal { _ = try store.load() } == .notAFile)
    #expect(refusal { try set("A", "1") } == .notAFile)
  }

  @Test(.timeLimit(.minutes(1))) func `a FIFO is refused at once`() throws {
    #expect(mkfifo(scratch[".env"].string, 0o600) == 0)
    #expect(refusal { _ = try store.load() } == .notAFile)
    #expect(refusal { try set("A", "1") } == .notAFile)
  }

  @Test(arguments: ["/dev/null", "/dev/full", "/dev/zero"]) func `a device is refused`(device: String) {
    #expect(refusal { _ = try FileStore(FilePath(device)).load() } == .notAFile)
    #expect(refusal { try FileStore(FilePath(device)).update { _ in } } == .notAFile)
  }

  @Test func `four gigabytes are refused without being read`() throws {
    try scratch.write("A=1\n")
    #expect(truncate(scratch[".env"].string, 4 << 30) == 0)
    let time = ContinuousClock().measure { #expect(refusal { _ = try store.load() } == .tooLarge) }
    #expect(time < .seconds(1))
    #expect(refusal { try set("A", "2") } == .tooLarge)
  }

  @Test func `a limit counts bytes exactly`() throws {
    try scratch.write("A=12345\n")
    #expect(try FileStore(scratch[".env"], limits: Limits(fileBytes: 8)).load().0.byteCount == 8)
    #expect(
      refusal { _ = try FileStore(scratch[".env"], limits: Limits(fileBytes: 7)).load() } == .tooLarge)
    // The size of a file of /proc is 0, so only reading tells.
    #expect(
      refusal { _ = try FileStore("/proc/self/status", limits: Limits(fileBytes: 7)).load() } == .tooLarge)
  }

  @Test func `a file with two names is refused unless the link may be broken`() throws {
    try scratch.write("A=1\n")
    #expect(link(scratch[".env"].string, scratch["other"].string) == 0)
    #expect(refusal { try set("A", "2") } == .hardLink)
    try FileStore(scratch[".env"], breaksHardLinks: true).update { document in try document.set("A", to: "2")
    }
    #expect(try scratch.text("other") == "A=1\n")
    #expect(try scratch.text() == "A=2\n")
  }

  @Test func `what an interrupted run left is removed, and nothing else`() throws {
    try scratch.write("A=1\n")
    try scratch.write("A=0\n", to: ".env.cfgkit-0123456789abcdef")
    let others = [".env.cfgkit-0123456789ABCDEF", ".env.cfgkit-lock", ".env.cfgkit-short", ".env.local"]
    for name in others { try scratch.write("x", to: name) }
    try scratch.link(".env.cfgkit-00000000000000ff", to: ".env.local")
    try set("A", "2")
    #expect(try scratch.names() == [".env", ".env.cfgkit-00000000000000ff"] + others)
  }

  @Test func `a file that an editor saves meanwhile is left to the editor`() throws {
    try scratch.write("A=1\n")
    let code = refusal {
      try store.update { document in
        try document.set("A", to: "2")
        try scratch.write("A=editor\n")
      }
    }
    #expect(code == .changed)
    #expect(try scratch.text() == "A=editor\n")
    #expect(try scratch.names() == [".env"])
  }

  @Test func `a file that appears meanwhile is not overwritten`() throws {
    let code = refusal {
      try store.update(createIfAbsent: true) { document in
        try document.set("A", to: "2")
        try scratch.write("A=other\n")
      }
    }
    #expect(code == .changed)
    #expect(try scratch.text() == "A=other\n")
  }

  @Test func `replacing asks for the version that stands`() throws {
    try scratch.write("A=1\n")
    let (document, version) = try store.load()
    var changed = document
    try changed.set("A", to: "2")
    let operation = try OperationID()
    guard case .committed(let second) = try store.replace(changed, ifVersion: version, operation: operation)
    else {
      Issue.record("the first write lost")
      return
    }
    #expect(try store.replace(document, ifVersion: version, operation: operation) == .conflict(second))
    #expect(try scratch.text() == "A=2\n")
    #expect(try store.replace(document, ifVersion: .absent, operation: operation) == .conflict(second))
    try FileManager.default.removeItem(atPath: scratch[".env"].string)
    #expect(try store.replace(document, ifVersion: second, operation: operation) == .conflict(.absent))
  }

  @Test func `a second writer waits for the first, and no update is lost`() async throws {
    try scratch.write("COUNT=0\n")
    let path = scratch[".env"]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<50 {
            try FileStore(path).update { document in
              let count = Int(document.read().value(for: "COUNT") ?? "") ?? 0
              try document.set("COUNT", to: "\(count + 1)")
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try scratch.text() == "COUNT=100\n")
  }

  @Test func `no message holds what the file holds`() throws {
    let value = "hunter2hunter2"
    try scratch.write("A=\(value)\n")
    #expect(link(scratch[".env"].string, scratch["other"].string) == 0)
    do {
      try set("A", "2")
      Issue.record("a hard link was written")
    } catch {
      #expect(!"\(error)".contains(value))
    }
  }
}
