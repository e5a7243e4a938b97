import CfgKitDotEnv

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Random values of every class of bytes, spelt by the library's writer, as files for other readers.
struct PortableValues {
  private var generator: SeededGenerator
  private static let keysPerFile = 500

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Writes `000.env`, `001.env` … and beside each a `.hex`: a line for every key with its value's bytes in hexadecimal.
  ///
  /// Values that no portable spelling carries are left out, and others drawn in their place.
  mutating func write(_ count: Int, to folder: String) {
    var (env, hex): ([UInt8], [UInt8]) = ([], [])
    for number in 0..<count {
      let (line, value) = portableLine("K\(number)")
      env += line
      hex += Array("K\(number) ".utf8) + value.flatMap { Array(Self.hexadecimal($0).utf8) } + [0x0A]
      let isLast = number == count - 1
      if isLast || (number + 1).isMultiple(of: Self.keysPerFile) {
        let name = "\(folder)/\(number / Self.keysPerFile)"
        save(env, name + ".env")
        save(hex, name + ".hex")
        (env, hex) = ([], [])
      }
    }
  }

  private mutating func portableLine(_ key: String) -> (line: [UInt8], value: [UInt8]) {
    while true {
      let value = randomValue()
      var document = Document([])
      guard let result = try? document.set(key, to: value) else { fatalError("the writer refused a value") }
      if result.isPortable { return (document.bytes, Array(value.utf8)) }
    }
  }

  /// Every byte but NUL occurs: control characters, all signs, and letters of two, three and four bytes.
  private static let classes: [[Unicode.Scalar]] = [
    Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_".unicodeScalars),
    Array("./:@%+,=-".unicodeScalars),
    Array(" \t".unicodeScalars),
    Array("\n".unicodeScalars),
    Array("'\"`".unicodeScalars),
    Array("$\\#".unicodeScalars),
    Array("!&*()[]{}<>;|?~^".unicodeScalars),
    (1..<32).compactMap { $0 == 13 ? nil : Unicode.Scalar($0) } + ["\u{7F}"],
    (0x80..<0x800).compactMap(Unicode.Scalar.init),
    ["\u{A0}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{200B}", "\u{200D}", "\u{301}", "\u{FFFD}", "\u{20AC}"],
    (0x1F300..<0x1F400).compactMap(Unicode.Scalar.init) + ["\u{10FFFF}"],
  ]

  private mutating func randomValue() -> String {
    var value = String.UnicodeScalarView()
    // A few classes at a time, so that each spelling comes often enough.
    let chosen = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      Self.classes[Int.random(in: 0..<Self.classes.count, using: &generator)]
    }
    for _ in 0..<Int.random(in: 0...24, using: &generator) {
      let scalars = chosen[Int.random(in: 0..<chosen.count, using: &generator)]
      value.append(scalars[Int.random(in: 0..<scalars.count, using: &generator)])
    }
    return String(value)
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  private func save(_ bytes: [UInt8], _ path: String) {
    guard let file = fopen(path, "w"), fwrite(bytes, 1, bytes.count, file) == bytes.count, fclose(file) == 0
    else {
      perror(path)
      exit(1)
    }
  }
}
