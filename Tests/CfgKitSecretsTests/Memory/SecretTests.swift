import CfgKitSecrets
import Testing

@Suite struct SecretTests {
  private let text = "correct-horse-7f3a9c"

  @Test func aSecretGivesBackItsBytes() throws {
    let secret = try Secret(copying: text)
    #expect(secret.byteCount == text.utf8.count)
    #expect(secret.exposedText() == text)
    #expect(secret.withBytes { $0.byteCount } == text.utf8.count)
  }

  @Test func anEmptySecretIsEmpty() throws {
    let secret = try Secret(copying: "")
    #expect(secret.isEmpty)
    #expect(secret.withBytes { $0.byteCount } == 0)
    #expect(secret.exposedText().isEmpty)
    #expect(secret.matches(try Secret(copying: "")))
  }

  @Test func secretsMatchByTheirBytesAlone() throws {
    let secret = try Secret(copying: text)
    #expect(secret.matches(try Secret(copying: text)))
    #expect(!secret.matches(try Secret(copying: text + "x")))
    #expect(!secret.matches(try Secret(copying: String(text.dropLast()))))
    #expect(!secret.matches(try Secret(copying: "")))
  }

  @Test func nothingThatPrintsShowsASecret() throws {
    struct Holder { let secret: Secret }
    let secret = try Secret(copying: text)
    let holder = Holder(secret: secret)
    var dumped = ""
    dump(secret, to: &dumped)
    dump(holder, to: &dumped)
    let shown = [
      "\(secret)", String(describing: secret), String(reflecting: secret), secret.description,
      secret.debugDescription, "\(holder)", String(reflecting: holder), dumped, "\([secret])",
      "\(Optional(secret) as Any)", "\(Mirror(reflecting: secret))",
    ].joined(separator: "\n")
    for start in 0...(text.utf8.count - 4) {
      let piece = text.dropFirst(start).prefix(4)
      #expect(!shown.contains(piece))
    }
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect("\(secret)" == "••••••••")
  }

  @Test func aFillingClosureThatUsesLessGivesARightSizedSecret() throws {
    let secret = try Secret(capacity: 4_000) { room in
      room.storeBytes(of: UInt8(ascii: "a"), as: UInt8.self)
      return 1
    }
    #expect(secret.exposedText() == "a")
  }

  @Test func aFillingClosureThatThrowsLeavesNoArenaBehind() throws {
    struct Stop: Error, Equatable {}
    #expect(throws: SecretFillingError<Stop>.filling(Stop())) {
      _ = try Secret(capacity: 100_000) { (_: inout MutableRawSpan) throws(Stop) -> Int in throw Stop() }
    }
  }

  @Test func slotsOfDroppedSecretsAreWipedAndUsedAgain() throws {
    var kept: [Secret] = []
    for round in 0..<2_000 {
      let secret = try Secret(copying: String(repeating: "x", count: round % 97 + 1))
      if round % 3 == 0 { kept.append(secret) }
    }
    for (index, secret) in kept.enumerated() {
      #expect(secret.exposedText() == String(repeating: "x", count: index * 3 % 97 + 1))
    }
    // A fresh slot shows none of what was there.
    let fresh = try Secret(capacity: 64) { room in room.byteCount }
    #expect(fresh.exposedText() == String(repeating: "\0", count: 64))
  }

  @Test func secretsAreSafeToShareBetweenTasks() async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<64 {
        group.addTask {
          let expected = String(repeating: "task \(number) ", count: number % 7 + 1)
          for _ in 0..<50 {
            let secret = try Secret(copying: expected)
            if secret.exposedText() != expected { return false }
          }
          return true
        }
      }
      for try await isIntact in group { #expect(isIntact) }
    }
  }

  @Test func guardedBytesHoldWhatWasWritten() throws {
    let bytes = try SecretBytes(capacity: 70_000) { room in
      for offset in 0..<70_000 {
        room.storeBytes(of: UInt8(truncatingIfNeeded: offset), toByteOffset: offset, as: UInt8.self)
      }
      return 70_000
    }
    #expect(bytes.byteCount == 70_000)
    let last = bytes.withBytes { $0.unsafeLoad(fromByteOffset: 69_999, as: UInt8.self) }
    #expect(last == UInt8(truncatingIfNeeded: 69_999))
  }

  @Test(arguments: [Int.max, Int.max - 16, -1, .min]) func roomThatCannotBeIsRefused(capacity: Int) {
    #expect(throws: SecretError.self) { try Secret(capacity: capacity) { _ in 0 } }
    #expect(throws: SecretError.self) { _ = try SecretBytes(capacity: capacity) { _ in 0 } }
  }
}
