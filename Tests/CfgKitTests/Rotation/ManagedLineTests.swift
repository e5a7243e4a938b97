import CfgKitSecrets
import FleetSimulation
import Testing

@testable import CfgKit

@Suite struct ManagedLineTests {
  static let sound = [
    "# cfgkit: rotated=2026-11-23",
    "# cfgkit: rotated=-",
    "# cfgkit: rotated=2026-11-23T10:02:11Z phase=staged gen=7 op=0123456789abcdef salt=AAAAAAAAAAAAAAAAAAAAAA "
      + "current=AAAAAAAAAAA next=AQEBAQEBAQE@2026-11-23T10:02:11Z previous=AgICAgICAgI@-,-@2026-12-24 "
      + "dead=AwMDAwMDAwM,BAQEBAQEBAQ",
    "# cfgkit: rotated=2024-02-29T23:59:59Z colour=blue-1_2:3.4,5@6",
  ]

  @Test(arguments: sound) func `a line prints as it was read`(line: String) throws {
    #expect(try ManagedLine(parsing: line).description == line)
  }

  @Test(arguments: [
    ("# cfgkit: rotated=2026-11-23 ", "line"),
    ("# cfgkit: rotated=2026-11-23  gen=1", "line"),
    ("# cfgkit: rotated=", "rotated"),
    ("# cfgkit: rotated=2026-02-30", "rotated"),
    ("# cfgkit: rotated=2025-02-29", "rotated"),
    ("# cfgkit: rotated=2026-11-23T24:00:00Z", "rotated"),
    ("# cfgkit: rotated=2026-11-23t10:00:00Z", "rotated"),
    ("# cfgkit: rotated=- phase=gone", "phase"),
    ("# cfgkit: rotated=- gen=01", "gen"),
    ("# cfgkit: rotated=- gen=-1", "gen"),
    ("# cfgkit: rotated=- gen=1 gen=1", "gen"),
    ("# cfgkit: rotated=- rotated=-", "rotated"),
    ("# cfgkit: rotated=- op=0123456789ABCDEF", "op"),
    ("# cfgkit: rotated=- salt=short", "salt"),
    ("# cfgkit: rotated=- current=AAAAAAAAAAA", "salt"),
    ("# cfgkit: rotated=- salt=AAAAAAAAAAAAAAAAAAAAAA next=AAAAAAAAAAA@-", "next"),
    ("# cfgkit: rotated=- salt=AAAAAAAAAAAAAAAAAAAAAA previous=AAAAAAAAAAA", "previous"),
    ("# cfgkit: rotated=- salt=AAAAAAAAAAAAAAAAAAAAAA previous=AAAAAAAAAAA@-,", "previous"),
    ("# cfgkit: rotated=- dead=-", "dead"),
    ("# cfgkit: rotated=- colour=", "line"),
    ("# cfgkit: rotated=- colour=a=b", "line"),
    ("# cfgkit: rotated=- colour=ä", "line"),
  ]) func `a damaged line is refused, with the part`(line: String, part: String) {
    #expect(throws: ManagedLine.Damage(part: part)) { try ManagedLine(parsing: line) }
  }

  @Test func `a line of more than a thousand bytes is refused`() throws {
    let prefix = "# cfgkit: rotated=- x="
    let longest = prefix + String(repeating: "a", count: 1_000 - prefix.utf8.count)
    #expect(try ManagedLine(parsing: longest).description == longest)
    #expect(throws: ManagedLine.Damage.self) { try ManagedLine(parsing: longest + "a") }
  }

  @Test func `any line made of its parts prints and reads the same`() throws {
    var generator = SeededGenerator(seed: 4)
    func time() -> RotationTime {
      RotationTime(seconds: Int.random(in: -60_000_000_000...250_000_000_000, using: &generator))
    }
    for _ in 0..<2_000 {
      var line = ManagedLine(rotated: Bool.random(using: &generator) ? time() : nil)
      let salt = try Salt()
      func mark() throws -> Fingerprint {
        Fingerprint(of: try Secret(copying: "x"), name: "\(time())", salt: salt)
      }
      if Bool.random(using: &generator) { line.generation = Int.random(in: 0...9_999, using: &generator) }
      if Bool.random(using: &generator) {
        line.phase = KeyRing.Phase.allCases.randomElement(using: &generator)
      }
      if Bool.random(using: &generator) {
        line.salt = salt
        line.current = ManagedLine.Current(fingerprint: Bool.random(using: &generator) ? try mark() : nil)
        if Bool.random(using: &generator) {
          line.next = ManagedLine.Mark(fingerprint: try mark(), time: time())
        }
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
          line.previous.append(
            ManagedLine.Mark(fingerprint: try mark(), time: Bool.random(using: &generator) ? time() : nil))
        }
        for _ in 0..<Int.random(in: 0...4, using: &generator) { line.dead.append(try mark()) }
      }
      #expect(try ManagedLine(parsing: line.description) == line)
    }
  }
}
