import CfgKitDotEnv
import Testing

@testable import CfgKit

@Suite struct RawSpanTests {
  @Test(arguments: ["a secret that is longer than fifteen bytes", "naïve, and also longer than that", ""])
  func textThatIsLentIsWipedAfterwards(_ value: String) {
    let bytes = Array(value.utf8)
    var kept: String?
    let isSame = bytes.withUnsafeBytes { buffer in
      buffer.bytes.withWipedText { text in
        // Kept against the rule, to see what becomes of its storage.
        kept = text
        return text == value
      }
    }
    #expect(isSame == true)
    #expect(kept?.utf8.allSatisfy { $0 == 0 } == true)
    #expect(kept?.utf8.count == bytes.count)
  }

  @Test func bytesThatAreNoTextAreNotLent() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    #expect(bytes.withUnsafeBytes { $0.bytes.withWipedText { _ in true } } == nil)
  }

  /// Swift's own decoder is the judge.
  @Test func whatIsUTF8IsWhatSwiftTakesForIt() {
    let edges: [UInt8] = [
      0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
      0xEE,
      0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    func check(_ bytes: [UInt8]) {
      let isText = bytes.withUnsafeBytes { $0.bytes.isUTF8 }
      #expect(isText == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
    check([])
    for first in UInt8.min...UInt8.max {
      check([first])
      for second in edges { check([first, second]) }
    }
    for first in edges {
      for second in edges {
        for third in edges {
          check([first, second, third])
          check([first, second, third, 0x80])
          check([0x41, first, second, third, 0xBF])
        }
      }
    }
  }
}
