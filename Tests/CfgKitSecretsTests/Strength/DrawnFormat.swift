import CSodium
import Foundation
import Testing

@testable import CfgKitSecrets

/// A way in which programs write keys that they draw: how many symbols of which alphabet, and what is put around.
struct DrawnFormat: Sendable, CustomTestStringConvertible {
  let name: String
  /// Bits that a key of it holds.
  let bits: Double
  /// How many symbols of which alphabet, where it is that and nothing else.
  var symbols: (count: Int, alphabet: String)?
  let draw: @Sendable () -> [UInt8]
  var testDescription: String { name }

  static let lower = "abcdefghijklmnopqrstuvwxyz"
  static let digits = "0123456789"
  static let upper = lower.uppercased()
  static let base64 = upper + lower + digits + "+/"
  static let base64url = upper + lower + digits + "-_"
  static let base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
  static let printable = String(decoding: (0x21...0x7E).map { UInt8($0) }, as: UTF8.self)
  static let wordpress =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%^&*()-_ []{}<>~`+=,.;:/?|"
  static let django = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)"

  /// Symbols that are drawn evenly.
  static func drawn(_ count: Int, of alphabet: String) -> [UInt8] {
    let symbols = Array(alphabet.utf8)
    return (0..<count).map { _ in symbols[Int(randombytes_uniform(UInt32(symbols.count)))] }
  }

  static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(randombytes_uniform(256)) } }

  private static func text(_ name: String, _ count: Int, _ alphabet: String, head: String = "") -> DrawnFormat
  {
    let size = Double(alphabet.utf8.count)
    let symbols = head.isEmpty ? (count, alphabet) : nil
    return DrawnFormat(name: name, bits: Double(count) * log2(size), symbols: symbols) {
      Array(head.utf8) + drawn(count, of: alphabet)
    }
  }

  private static func encoded(
    _ name: String, _ count: Int, head: String = "", _ encode: @escaping @Sendable ([UInt8]) -> String
  ) -> DrawnFormat {
    DrawnFormat(name: name, bits: Double(8 * count)) { Array((head + encode(bytes(count))).utf8) }
  }

  static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  static func base64(_ bytes: [UInt8], alphabet: String = base64, padded: Bool) -> String {
    groups(bytes, size: 6, alphabet: alphabet, padded: padded, group: 4)
  }

  static func base32(_ bytes: [UInt8], padded: Bool = false) -> String {
    groups(bytes, size: 5, alphabet: upper + "234567", padded: padded, group: 8)
  }

  private static func groups(_ bytes: [UInt8], size: Int, alphabet: String, padded: Bool, group: Int)
    -> String
  {
    let symbols = Array(alphabet)
    var text = ""
    var pending = 0
    var pendingBits = 0
    for byte in bytes {
      pending = pending << 8 | Int(byte)
      pendingBits += 8
      while pendingBits >= size {
        pendingBits -= size
        text.append(symbols[pending >> pendingBits & (1 << size - 1)])
      }
    }
    if pendingBits > 0 { text.append(symbols[pending << (size - pendingBits) & (1 << size - 1)]) }
    while padded, text.count % group != 0 { text.append("=") }
    return text
  }

  private static func uuid() -> String {
    var bytes = bytes(16)
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = hex(bytes)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return text
  }

  private static func grouped(_ count: Int, _ size: Int, _ alphabet: String, _ sign: String) -> [UInt8] {
    var text: [UInt8] = []
    for (index, symbol) in drawn(count, of: alphabet).enumerated() {
      if index > 0, index % size == 0 { text += Array(sign.utf8) }
      text.append(symbol)
    }
    return text
  }

  private static func written(
    _ count: Int, _ separator: String, _ number: (UInt8) -> String
  ) -> [UInt8] {
    Array(bytes(count).map(number).joined(separator: separator).utf8)
  }

  private static func passphrase(
    _ separator: String, end: String = "", _ spelled: (String) -> String
  ) -> [UInt8] {
    let words = (0..<10).map { _ in
      spelled(
        String(
          decoding: EFFWordList.word(Int(randombytes_uniform(UInt32(EFFWordList.count)))), as: UTF8.self))
    }
    return Array((words.joined(separator: separator) + end).utf8)
  }

  /// Every format holds 122 bits or more.
  static let all: [DrawnFormat] = [
    text("hex, 32", 32, "0123456789abcdef"), text("hex, 40", 40, "0123456789abcdef"),
    text("hex, 64", 64, "0123456789abcdef"), text("hex, 128", 128, "0123456789abcdef"),
    text("HEX, 32", 32, "0123456789ABCDEF"), text("HEX, 64", 64, "0123456789ABCDEF"),
    text("0x and hex, 64", 64, "0123456789abcdef", head: "0x"),
    text("hex: and hex, 64", 64, "0123456789abcdef", head: "hex:"),
    text("digits, 39", 39, digits), text("digits, 64", 64, digits),
    text("lower, 28", 28, lower), text("upper, 28", 28, upper), text("letters, 32", 32, lower + upper),
    text("lower and digits, 25", 25, lower + digits), text("lower and digits, 32", 32, lower + digits),
    text("lower and digits, 64", 64, lower + digits), text("upper and digits, 32", 32, upper + digits),
    text("alphanumeric, 22", 22, upper + lower + digits),
    text("alphanumeric, 24", 24, upper + lower + digits),
    text("alphanumeric, 32", 32, upper + lower + digits),
    text("alphanumeric, 64", 64, upper + lower + digits),
    text("base58, 22", 22, base58), text("base58, 44", 44, base58),
    text("nanoid, 22", 22, base64url), text("nanoid, 32", 32, base64url),
    text("base32, 26", 26, upper + "234567"), text("base32, 32", 32, upper + "234567"),
    text("Crockford's base32, 26", 26, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
    text("printable, 20", 20, printable), text("printable, 32", 32, printable),
    text("printable, 64", 64, printable), text("WordPress, 64", 64, wordpress),
    text("Django, 50", 50, django),
    text("sk_test_ and alphanumeric, 32", 32, upper + lower + digits, head: "sk_test_"),
    encoded("base64, 16", 16) { base64($0, padded: true) },
    encoded("base64, 24", 24) { base64($0, padded: true) },
    encoded("base64, 32", 32) { base64($0, padded: true) },
    encoded("base64, 48", 48) { base64($0, padded: true) },
    encoded("base64, 64", 64) { base64($0, padded: true) },
    encoded("base64 without padding, 16", 16) { base64($0, padded: false) },
    encoded("base64 without padding, 32", 32) { base64($0, padded: false) },
    encoded("base64url, 16", 16) { base64($0, alphabet: base64url, padded: false) },
    encoded("base64url, 24", 24) { base64($0, alphabet: base64url, padded: false) },
    encoded("base64url, 32", 32) { base64($0, alphabet: base64url, padded: false) },
    encoded("base64url, 48", 48) { base64($0, alphabet: base64url, padded: false) },
    encoded("base64url, 64", 64) { base64($0, alphabet: base64url, padded: false) },
    encoded("Laravel, 32", 32, head: "base64:") { base64($0, padded: true) },
    encoded("Laravel, 16", 16, head: "base64:") { base64($0, padded: true) },
    encoded("Fernet", 32) { base64($0, alphabet: base64url, padded: true) },
    encoded("base32 of 20 bytes", 20) { base32($0) },
    encoded("base32 of 32 bytes", 32) { base32($0, padded: true) },
    encoded("Ed25519 in PKCS #8", 32) {
      base64([0x30, 0x2E, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 0x22, 4, 0x20] + $0, padded: true)
    },
    encoded("JSON Web Key", 32) {
      #"{"kty":"oct","k":""# + base64($0, alphabet: base64url, padded: false) + #""}"#
    },
    text("age", 58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", head: "AGE-SECRET-KEY-1"),
    encoded("whsec_ and base64, 32", 32, head: "whsec_") { base64($0, padded: true) },
    DrawnFormat(name: "UUID", bits: 122) { Array(uuid().utf8) },
    DrawnFormat(name: "two UUIDs", bits: 244) { Array((uuid() + uuid()).utf8) },
    DrawnFormat(name: "hex in groups", bits: 128) { grouped(32, 2, "0123456789abcdef", ":") },
    DrawnFormat(name: "0x and hex in groups", bits: 256) { written(32, ", ") { "0x" + hex([$0]) } },
    DrawnFormat(name: "hex in groups, escaped", bits: 256) { written(32, "") { "\\x" + hex([$0]) } },
    DrawnFormat(name: "hex in long groups", bits: 256) { grouped(64, 8, "0123456789abcdef", "_") },
    DrawnFormat(name: "bytes in decimal", bits: 256) { written(32, ",") { "\($0)" } },
    DrawnFormat(name: "base64 of hex and a line's end", bits: 256) {
      Array(base64(Array((hex(bytes(32)) + "\n").utf8), padded: true).utf8)
    },
    DrawnFormat(name: "UUID in braces", bits: 122) { Array("{\(uuid())}".utf8) },
    DrawnFormat(name: "UUID, named", bits: 122) { Array("urn:uuid:\(uuid())".utf8) },
    DrawnFormat(name: "two UUIDs and a sign", bits: 244) { Array("\(uuid())_\(uuid())".utf8) },
    DrawnFormat(name: "ten words", bits: 129.25) { passphrase("-") { $0 } },
    DrawnFormat(name: "ten words in capitals", bits: 129.25) { passphrase(" ") { $0.uppercased() } },
    DrawnFormat(name: "ten words and a digit", bits: 129.25) { passphrase(".", end: "7") { $0.capitalized } },
    DrawnFormat(name: "base32 in groups", bits: 160) { grouped(32, 4, upper + "234567", "-") },
    DrawnFormat(name: "alphanumeric in groups", bits: 24 * log2(62)) {
      grouped(24, 6, upper + lower + digits, "-")
    },
  ]

  /// The formats that cfgkit itself generates and that are keys.
  static let kinds: [KeyFormat.Kind] = KeyFormat.Kind.allCases.filter { $0 != .uuid }
}
