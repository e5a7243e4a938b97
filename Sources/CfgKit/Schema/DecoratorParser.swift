import CfgKitDotEnv

/// A decorator line that cannot be read.
struct DecoratorError: Error, Equatable {
  /// What is wrong, as a sentence without subject.
  let reason: String
  /// The byte offset in the comment.
  let offset: Int
}

/// Reads the comments of a schema: decorators, and what cfgkit adds behind `# cfgkit:`.
struct DecoratorParser {
  /// What a comment line is.
  enum Line: Equatable {
    /// Plain words: part of the description.
    case words(String)
    /// `# ---`
    case divider
    /// Decorators, then cfgkit's pragmas, if there are any.
    case decorators([Decorator], pragmas: [Pragma])
  }

  /// One `name` or `name=value` behind `# cfgkit:`.
  struct Pragma: Equatable {
    let name: String
    let value: String?
    let offset: Int
  }

  /// How deep parentheses may stand in each other: readers of what they hold go down as deep.
  private static let deepest = 32

  private let bytes: ArraySlice<UInt8>
  /// Where the next byte is, counted from the first.
  private var offset = 0
  private var depth = 0

  /// Reads one comment line; `comment` begins with `#`.
  static func parse(_ comment: String) throws(DecoratorError) -> Line { try parse(Array(comment.utf8)[...]) }

  /// Reads the bytes of one comment line, which begin with `#`.
  static func parse(_ comment: ArraySlice<UInt8>) throws(DecoratorError) -> Line {
    var parser = DecoratorParser(bytes: comment)
    return try parser.line()
  }

  /// Reads a default that is a function call, `op(op://vault/item)`; nil if the text is none.
  static func call(_ text: String) -> Decorator.Value? {
    var parser = DecoratorParser(bytes: Array(text.utf8)[...])
    guard let value = try? parser.value(), parser.offset == parser.bytes.count, case .call = value else {
      return nil
    }
    return value
  }

  private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  private func byte(_ offset: Int) -> UInt8 { bytes[bytes.startIndex + offset] }

  private var next: UInt8? { offset < bytes.count ? byte(offset) : nil }

  private mutating func skipBlanks() {
    while next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") { offset += 1 }
  }

  private func text(_ range: Range<Int>) -> String {
    let start = bytes.startIndex
    return String(decoding: bytes[start + range.lowerBound..<start + range.upperBound], as: UTF8.self)
  }

  private var restIsPragmas: Bool {
    next == UInt8(ascii: "c") && bytes.dropFirst(offset).starts(with: "cfgkit:".utf8)
  }

  private mutating func line() throws(DecoratorError) -> Line {
    offset = 1
    skipBlanks()
    if restIsPragmas { return .decorators([], pragmas: try pragmas()) }
    guard next == UInt8(ascii: "@") else {
      let words = text(offset..<bytes.count)
      let isDivider = words.utf8.count >= 3 && words.utf8.allSatisfy { $0 == UInt8(ascii: "-") }
      return isDivider ? .divider : .words(words)
    }
    var decorators: [Decorator] = []
    while let byte = next {
      if byte == UInt8(ascii: "#") {
        offset += 1
        skipBlanks()
        return .decorators(decorators, pragmas: restIsPragmas ? try pragmas() : [])
      }
      decorators.append(try decorator())
      skipBlanks()
    }
    return .decorators(decorators, pragmas: [])
  }

  private mutating func decorator() throws(DecoratorError) -> Decorator {
    let start = offset
    guard next == UInt8(ascii: "@") else {
      throw DecoratorError(reason: "expected @ or # here", offset: offset)
    }
    offset += 1
    let name = identifier()
    guard !name.isEmpty else { throw DecoratorError(reason: "@ needs a name", offset: start) }
    switch next {
    case UInt8(ascii: "="):
      offset += 1
      return Decorator(name: name, value: try value(), arguments: nil, offset: start)
    case UInt8(ascii: "("):
      return Decorator(name: name, value: nil, arguments: try arguments(), offset: start)
    case nil, UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "#"):
      return Decorator(name: name, value: nil, arguments: nil, offset: start)
    default:
      throw DecoratorError(
        reason: "@\(name) is followed by something that is neither = nor (", offset: offset)
    }
  }

  private mutating func identifier() -> String {
    let start = offset
    while let byte = next, Octet.isName(byte) { offset += 1 }
    return text(start..<offset)
  }

  /// A quoted text, a reference, a call, or bytes up to a blank (inside parentheses: up to `,` or `)` too).
  private mutating func value(inParentheses: Bool = false) throws(DecoratorError) -> Decorator.Value {
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      return .text(try quoted())
    case UInt8(ascii: "$"):
      offset += 1
      let isBraced = next == UInt8(ascii: "{")
      if isBraced { offset += 1 }
      let name = identifier()
      if isBraced {
        guard next == UInt8(ascii: "}") else {
          throw DecoratorError(reason: "${ is not closed", offset: offset)
        }
        offset += 1
      }
      guard !name.isEmpty else { throw DecoratorError(reason: "$ needs a key", offset: offset) }
      return .reference(name)
    default:
      let start = offset
      let name = identifier()
      if next == UInt8(ascii: "("), !name.isEmpty { return .call(name, try arguments()) }
      while let byte = next, byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") {
        if inParentheses, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") { break }
        offset += 1
      }
      return .text(text(start..<offset))
    }
  }

  private mutating func quoted() throws(DecoratorError) -> String {
    let start = offset
    let quote = byte(offset)
    offset += 1
    var content: [UInt8] = []
    while let byte = next {
      offset += 1
      if byte == quote { return String(decoding: content, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), let escaped = next, escaped == quote || escaped == UInt8(ascii: "\\") {
        content.append(escaped)
        offset += 1
      } else {
        content.append(byte)
      }
    }
    throw DecoratorError(reason: "this quote is never closed", offset: start)
  }

  private mutating func arguments() throws(DecoratorError) -> [Decorator.Argument] {
    let start = offset
    guard depth < Self.deepest else {
      throw DecoratorError(reason: "more than \(Self.deepest) parentheses stand in each other", offset: start)
    }
    depth += 1
    defer { depth -= 1 }
    offset += 1
    var arguments: [Decorator.Argument] = []
    while true {
      skipBlanks()
      guard let byte = next else { throw DecoratorError(reason: "this ( is never closed", offset: start) }
      if byte == UInt8(ascii: ")") {
        offset += 1
        return arguments
      }
      if byte == UInt8(ascii: ",") {
        offset += 1
        continue
      }
      arguments.append(try argument())
    }
  }

  private mutating func argument() throws(DecoratorError) -> Decorator.Argument {
    let start = offset
    let name = identifier()
    if !name.isEmpty, next == UInt8(ascii: "=") {
      offset += 1
      return Decorator.Argument(name: name, value: try value(inParentheses: true))
    }
    offset = start
    return Decorator.Argument(name: nil, value: try value(inParentheses: true))
  }

  /// `cfgkit: name name=value name="a b"`, separated by blanks.
  private mutating func pragmas() throws(DecoratorError) -> [Pragma] {
    offset += "cfgkit:".utf8.count
    var pragmas: [Pragma] = []
    while true {
      skipBlanks()
      guard next != nil else { return pragmas }
      let start = offset
      while let byte = next, byte != UInt8(ascii: "="), byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t")
      {
        offset += 1
      }
      let name = text(start..<offset)
      guard next == UInt8(ascii: "=") else {
        pragmas.append(Pragma(name: name, value: nil, offset: start))
        continue
      }
      offset += 1
      if next == UInt8(ascii: "\"") {
        pragmas.append(Pragma(name: name, value: try quoted(), offset: start))
      } else {
        let valueStart = offset
        while let byte = next, byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { offset += 1 }
        pragmas.append(Pragma(name: name, value: text(valueStart..<offset), offset: start))
      }
    }
  }
}
