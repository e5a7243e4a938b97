import Foundation
import Testing

@testable import CfgKitSecrets

/// Whether every symbol of every alphabet is drawn equally often, by Pearson's chi-squared test.
///
/// `CFGKIT_NIGHTLY=1` draws ten million symbols of each instead of one million.
@Suite struct SamplingTests {
  static let count = Amount.of(1_000_000, nightly: 10_000_000)

  /// How often each byte stands in a text, added to what was counted before.
  static func add(_ key: Secret, to counts: inout [Int]) {
    key.withBytes { bytes in
      bytes.withUnsafeBytes { bytes in
        counts.withUnsafeMutableBufferPointer { counts in for byte in bytes { counts[Int(byte)] += 1 } }
      }
    }
  }

  /// How many standard deviations the chi-squared statistic of even counts lies from its mean (Wilson and Hilferty's
  /// approximation). Even draws are beyond 6 once in 500 million tests.
  static func deviation(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    let statistic = counts.reduce(0) { $0 + pow(Double($1) - expected, 2) / expected }
    let freedom = Double(counts.count - 1)
    let variance = 2 / (9 * freedom)
    return (pow(statistic / freedom, 1.0 / 3) - (1 - variance)) / variance.squareRoot()
  }

  @Test(arguments: [
    Symbols.digits, Symbols.alphanumeric, Symbols.unreserved, Symbols.django, Symbols.wordpress,
  ])
  func everySymbolIsDrawnEquallyOften(_ symbols: StaticString) throws {
    var counts = [Int](repeating: 0, count: 256)
    var drawn = 0
    while drawn < Self.count {
      Self.add(try KeyText.drawn(100_000, from: symbols), to: &counts)
      drawn += 100_000
    }
    let octets = Array("\(symbols)".utf8)
    #expect(octets.reduce(0) { $0 + counts[Int($1)] } == drawn)
    let deviation = Self.deviation(octets.map { counts[Int($0)] })
    #expect(abs(deviation) < 6, "\(octets.count) symbols")
  }

  /// The forms that bytes are written in, with the bytes and symbols of a whole number of groups.
  enum Encoding: String, CaseIterable {
    case hex, base64, base64url, base32, bech32

    var symbols: String {
      switch self {
      case .hex: "0123456789abcdef"
      case .base64: "\(Symbols.alphanumeric)+/"
      case .base64url: "\(Symbols.alphanumeric)-_"
      case .base32: "\(Symbols.base32)"
      case .bech32: "\(Symbols.bech32)"
      }
    }

    func text() throws -> Secret {
      switch self {
      case .hex: try KeyText.hex(of: .random(60_000))
      case .base64: try KeyText.base64(of: .random(60_000), .standard)
      case .base64url: try KeyText.base64(of: .random(60_000), .urlSafeUnpadded)
      case .base32: try KeyText.base32(of: .random(60_000))
      // The human-readable part is counted out below.
      case .bech32: try KeyText.bech32(of: .random(60_000), prefix: "P")
      }
    }
  }

  @Test(arguments: Encoding.allCases) func everySymbolOfWrittenBytesIsEquallyOften(_ encoding: Encoding)
    throws
  {
    var counts = [Int](repeating: 0, count: 256)
    var drawn = 0
    var pieces = 0
    while drawn < Self.count {
      let text = try encoding.text()
      Self.add(text, to: &counts)
      drawn += text.byteCount
      pieces += 1
    }
    if encoding == .bech32 {
      counts[Int(UInt8(ascii: "P"))] -= pieces
      counts[Int(UInt8(ascii: "1"))] -= pieces
      drawn -= 2 * pieces
    }
    let octets = Array(encoding.symbols.utf8)
    #expect(octets.reduce(0) { $0 + counts[Int($1)] } == drawn)
    let deviation = Self.deviation(octets.map { counts[Int($0)] })
    #expect(abs(deviation) < 6, "\(encoding.rawValue)")
  }

  @Test func everyWordOfAPassphraseIsDrawnEquallyOften() throws {
    var counts: [Substring: Int] = [:]
    var drawn = 0
    // A hyphen also stands inside of four words; "drop-down" is another word than "drop" and "down" here as there.
    let whole = Set((0..<EFFWordList.count).map { String(decoding: EFFWordList.word($0), as: UTF8.self) })
    while drawn < Self.count {
      let text = try KeyText.words(10_000).exposedText()
      var parts = text.split(separator: "-")[...]
      while let part = parts.popFirst() {
        guard !whole.contains(String(part)), let next = parts.popFirst() else {
          counts[part, default: 0] += 1
          continue
        }
        counts[text[part.startIndex..<next.endIndex], default: 0] += 1
      }
      drawn += 10_000
    }
    // Those four and their halves cannot be told apart, so they are left out.
    let halves = Set(whole.filter { $0.contains("-") }.flatMap { $0.split(separator: "-").map(String.init) })
    let clear = whole.filter { !$0.contains("-") && !halves.contains($0) }
    #expect(clear.count > 7_760)
    #expect(counts.keys.allSatisfy { whole.contains(String($0)) })
    let deviation = Self.deviation(clear.map { counts[Substring($0)] ?? 0 })
    #expect(abs(deviation) < 6)
  }

  @Test func theTestFindsTheBiasOfARemainder() {
    var counts = [Int](repeating: 0, count: 62)
    for _ in 0..<100_000 { counts[Int(UInt8.random(in: .min ... .max)) % 62] += 1 }
    #expect(Self.deviation(counts) > 6)
  }
}
