/// What a part of a value was found to be.
public enum TokenClass: UInt8, Sendable, Hashable, CaseIterable {
  /// Words that ask to be replaced.
  case placeholder
  /// A mathematical constant or another famous row of digits.
  case constant
  /// A common word or password.
  case word
  /// A famous line.
  case phrase
  /// A piece that comes again.
  case `repeat`
  /// A piece that comes again backwards.
  case mirror
  /// Letters or digits in order.
  case sequence
  /// A walk or a mash on a keyboard.
  case keyboard
  /// A date or a time.
  case date
  /// Text of a natural language.
  case text
  /// Characters without a pattern; not a fault.
  case random
  /// Few different characters.
  case fewSymbols
  /// Hexadecimal of something guessable.
  case encodedHex
  /// Base64 of something guessable.
  case encodedBase64
  /// Base32 of something guessable.
  case encodedBase32
  /// A UUID, which is an identifier.
  case uuid
  /// A reference or a command that nobody resolved.
  case reference
  /// Signs between other parts.
  case separator

  /// The word of its reason, as `ReasonSet.words` gives it; `separator` for signs between others.
  public var word: String { reason.words.first ?? "separator" }

  /// The reason that it gives; none for signs between others.
  var reason: ReasonSet {
    switch self {
    case .placeholder: .placeholder
    case .constant: .constant
    case .word: .word
    case .phrase: .phrase
    case .repeat: .repeat
    case .mirror: .mirror
    case .sequence: .sequence
    case .keyboard: .keyboard
    case .date: .date
    case .text: .text
    case .random: .random
    case .fewSymbols: .fewSymbols
    case .encodedHex: .encodedHex
    case .encodedBase64: .encodedBase64
    case .encodedBase32: .encodedBase32
    case .uuid: .uuid
    case .reference: .reference
    case .separator: []
    }
  }
}
