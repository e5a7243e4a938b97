import CfgKitSecrets
import Foundation
import Testing

@testable import CfgKitSecrets

/// That the estimator's code is a prefix code: what Kraft's inequality asks for, and what follows from it.
@Suite struct ProofTests {
  /// At least 2^-(cost/256), in 2^-60.
  private func share(_ cost: Int32) -> UInt64 {
    let whole = Int(cost) >> 8
    let part = Int(cost) & 255
    guard whole < 60 else { return 1 }
    let exact = part == 0 ? 0x1p60 : (pow(2, 60 - Double(part) / 256)).nextUp
    return (UInt64(exact) >> UInt64(whole)) + (part == 0 ? 0 : 1)
  }

  private func sum(_ costs: [Int32]) -> UInt64 { costs.reduce(0) { $0 + share($1) } }
  private let one: UInt64 = 1 << 60

  @Test func theSharesOfEachStateSumToAtMostOne() {
    for group in Share.groups { #expect(sum(group.costs) <= one, "\(group.name)") }
    #expect(sum(ByteCode.shares) <= one)
    #expect(sum(Passphrase.shares) <= one)
  }

  @Test func theSharesOfAllWordsSumToAtMostOne() {
    let words = CommonWords()
    var costs: [Int32] = []
    for first in 0..<26 {
      for second in 0..<26 {
        if let word = words.word(first, second) { costs.append(word.cost) }
        for third in 0..<26 {
          guard var list = words.words(first, second, third) else { continue }
          while list.advance() { costs.append(list.cost) }
        }
      }
    }
    #expect(costs.count > 3_000)
    #expect(sum(costs) <= one)
  }

  @Test func theSharesAfterEveryTwoSymbolsSumToAtMostOne() {
    for first in UInt8(0)..<29 {
      for second in UInt8(0)..<29 {
        let costs = (UInt8(0)..<29).map { TextModel().cost(first, second, $0) }
        #expect(sum(costs) <= one, "after \(first), \(second)")
      }
    }
  }

  @Test func everyPlaceOfThePresetTextHasAnOffset() {
    #expect(PresetPhrases().count <= 1 << 14)
    #expect(Share.phraseOffset == Cost.bits(14))
  }

  @Test func theSharesAfterEveryKeySumToAtMostOne() {
    let table = TableText(KeyboardMash.table)
    for before in 0..<29 {
      let shares = (0..<29).map { symbol in
        let index = 2 * (29 * before + symbol)
        return Int(table[index] - 0x30) << 6 + Int(table[index + 1] - 0x30)
      }
      #expect(shares.reduce(0, +) <= 4_096, "after \(before)")
    }
  }

  @Test func noAlphabetIsCheaperThanItsSize() {
    let counts = (0..<RandomAlphabets.count - 1).map { bit in
      (UInt16(0)..<128).filter { RandomAlphabets.members($0) >> UInt16(bit) & 1 == 1 }.count
    }
    for (bit, count) in counts.enumerated() {
      #expect(Double(RandomAlphabets.cost(bit)) >= 256 * log2(Double(count)), "\(count) symbols")
    }
    #expect(RandomAlphabets.count <= 16)
  }

  @Test func logarithmsAreRoundedTheRightWay() {
    for number in Array(1...5_000) + [65_535, 65_536, 1_000_000, 16_777_215] {
      let exact = 256 * log2(Double(number))
      #expect(Double(Cost.log2Down(number)) <= exact + 1e-9, "\(number)")
      #expect(Double(Cost.log2Up(number)) >= exact - 1e-9, "\(number)")
      #expect(Cost.log2Up(number) - Cost.log2Down(number) <= 2, "\(number)")
    }
  }

  /// Some symbols and how many of them in a row.
  struct Alphabet: Sendable, CustomTestStringConvertible {
    let symbols: String
    let length: Int
    var testDescription: String { "\(symbols) ^ \(length)" }
  }

  static let alphabets: [Alphabet] =
    [
      Alphabet(symbols: "ab", length: Amount.of(6, nightly: 8)),
      Alphabet(symbols: "a-", length: Amount.of(5, nightly: 8)),
      Alphabet(symbols: "01", length: Amount.of(6, nightly: 8)),
      Alphabet(symbols: "sS$", length: Amount.of(4, nightly: 8)),
      Alphabet(symbols: "aA1_", length: Amount.of(3, nightly: 8)),
      Alphabet(symbols: DrawnFormat.digits, length: Amount.of(2, nightly: 5)),
      Alphabet(symbols: "0123456789abcdef", length: Amount.of(2, nightly: 4)),
      Alphabet(symbols: DrawnFormat.lower, length: Amount.of(2, nightly: 3)),
      Alphabet(symbols: DrawnFormat.printable + " ", length: 1 + Amount.of(0, nightly: 1)),
    ]

  @Test("the shares of all texts of one length sum to at most one", arguments: alphabets)
  func kraft(_ alphabet: Alphabet) {
    let symbols = Array(alphabet.symbols.utf8)
    for length in 1...alphabet.length {
      var total: UInt64 = 0
      var text = [UInt8](repeating: symbols[0], count: length)
      var places = [Int](repeating: 0, count: length)
      var isDone = false
      while !isDone {
        total += share(text.withUnsafeBytes { Description.shortest($0).code })
        var index = 0
        while index < length {
          places[index] = (places[index] + 1) % symbols.count
          text[index] = symbols[places[index]]
          if places[index] != 0 { break }
          index += 1
        }
        isDone = index == length
      }
      #expect(total <= one, "length \(length)")
    }
  }

  /// The alphabets of generators of which a key may have symbols alone and hold less than 98 bits, with the bits of a digit of those
  /// that hold whole bytes.
  static let small: [(alphabet: String, bitsOfDigit: Int?)] = [
    (DrawnFormat.digits, nil), ("0123456789abcdef", nil), ("0123456789ABCDEF", nil),
    (DrawnFormat.lower, nil), (DrawnFormat.upper, nil),
    (DrawnFormat.upper + "234567", 5), (DrawnFormat.lower + "234567", 5),
    (DrawnFormat.digits + DrawnFormat.upper, nil), (DrawnFormat.lower + DrawnFormat.digits, nil),
    (DrawnFormat.lower + DrawnFormat.upper, nil),
  ]

  /// The chance is the sum over the alphabets whose texts are refused of the chance that all symbols of a key are in them. Twenty
  /// printable symbols that bytes were encoded to in base32 are what it mostly is.
  @Test(arguments: DrawnFormat.all.filter { $0.symbols != nil && $0.bits >= 128 })
  func hardlyAnyDrawnKeyIsTakenForOneOfASmallerAlphabet(_ format: DrawnFormat) throws {
    let (count, alphabet) = try #require(format.symbols)
    var chance = 0.0
    for (smaller, bitsOfDigit) in Self.small where !Set(alphabet).isSubset(of: Set(smaller)) {
      // Every symbol of it stands somewhere, and the last is the one of which nothing is left over.
      let symbols = Array(smaller.utf8)
      let text = (1..<count).map { symbols[$0 * 7 % symbols.count] } + [symbols[0]]
      guard StrengthEstimator().estimate(of: text).charsetBits < 98 else { continue }
      let common = Set(alphabet).intersection(smaller).count
      let spare = bitsOfDigit.map { Double(count * $0 % 8) } ?? 0
      chance += pow(Double(common) / Double(alphabet.count), Double(count)) / pow(2, spare)
    }
    #expect(chance <= pow(0.5, format.name == "printable, 20" ? 33 : 36))
  }

  /// A drawn key has a description that is k bits shorter with a chance of at most 2^-k: 6 standard deviations are let pass.
  @Test(arguments: DrawnFormat.all)
  func aDrawnKeyIsHardlyEverDescribedInLess(_ format: DrawnFormat) {
    let count = Amount.of(60, nightly: Amount.fuzzed)
    var deficits = [Int](repeating: 0, count: 21)
    for _ in 0..<count {
      let estimate = StrengthEstimator().estimate(of: format.draw())
      #expect(estimate.charsetBits <= format.bits)
      let deficit = Int(estimate.charsetBits - estimate.codeBits)
      for bits in 1...20 where deficit >= bits { deficits[bits] += 1 }
    }
    for bits in 1...20 {
      let chance = pow(0.5, Double(bits))
      let expected = Double(count) * chance
      #expect(Double(deficits[bits]) <= expected + 6 * sqrt(expected * (1 - chance)) + 1, "\(bits) bits")
    }
  }
}
