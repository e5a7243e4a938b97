/// Why an estimate is what it is: fixed words, never a piece of the value.
public struct ReasonSet: OptionSet, Sendable, Hashable {
  /// One bit for each word of `allWords`, in its order.
  public let rawValue: UInt32

  /// A set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(bit: UInt32) { rawValue = 1 << bit }

  /// A phrase that asks to be replaced.
  public static let placeholder = ReasonSet(bit: 0)
  /// A mathematical constant or another famous row of digits.
  public static let constant = ReasonSet(bit: 1)
  /// A common word or password.
  public static let word = ReasonSet(bit: 2)
  /// Words of a phrase.
  public static let phrase = ReasonSet(bit: 3)
  /// A piece that comes again.
  public static let `repeat` = ReasonSet(bit: 4)
  /// A piece that comes again backwards.
  public static let mirror = ReasonSet(bit: 5)
  /// Letters or digits in order.
  public static let sequence = ReasonSet(bit: 6)
  /// A walk or a mash on a keyboard.
  public static let keyboard = ReasonSet(bit: 7)
  /// A date or a time.
  public static let date = ReasonSet(bit: 8)
  /// Text of a natural language.
  public static let text = ReasonSet(bit: 9)
  /// Characters without a pattern; not a fault.
  public static let random = ReasonSet(bit: 10)
  /// Few different characters.
  public static let fewSymbols = ReasonSet(bit: 11)
  /// Hexadecimal of something guessable.
  public static let encodedHex = ReasonSet(bit: 12)
  /// Base64 of something guessable.
  public static let encodedBase64 = ReasonSet(bit: 13)
  /// Base32 of something guessable.
  public static let encodedBase32 = ReasonSet(bit: 14)
  /// A UUID, which is an identifier.
  public static let uuid = ReasonSet(bit: 15)
  /// A MongoDB ObjectId, which is an identifier.
  public static let objectID = ReasonSet(bit: 16)
  /// A reference that nobody resolved.
  public static let reference = ReasonSet(bit: 17)
  /// A strong part under a label.
  public static let label = ReasonSet(bit: 18)
  /// Published, so known to everyone.
  public static let known = ReasonSet(bit: 19)
  /// The hash of a common word.
  public static let hashOfWord = ReasonSet(bit: 20)
  /// Empty, or a word for nothing.
  public static let empty = ReasonSet(bit: 21)
  /// Below 98 bits, or the policy's limit.
  public static let below98 = ReasonSet(bit: 22)
  /// Below the 112 bits of NIST SP 800-131A.
  public static let below112 = ReasonSet(bit: 23)
  /// Below the 128 bits of OWASP ASVS 11.5.1.
  public static let below128 = ReasonSet(bit: 24)
  /// Fewer bytes than RFC 7518 §3.2 asks for.
  public static let hsKeySize = ReasonSet(bit: 25)
  /// Of a form that is not estimated, such as PEM.
  public static let notEstimated = ReasonSet(bit: 26)
  /// Only the first 64 KiB were looked at.
  public static let truncated = ReasonSet(bit: 27)

  private static let allWords: [String] = [
    "placeholder", "constant", "word", "phrase", "repeat", "mirror", "sequence", "keyboard", "date", "text",
    "random", "few-symbols", "encoded-hex", "encoded-base64", "encoded-base32", "uuid", "objectid",
    "reference",
    "label", "known", "hash-of-word", "empty", "below-98", "below-112", "below-128", "hs-key-size",
    "not-estimated", "truncated",
  ]

  /// The words of the reasons in the set, in their fixed order.
  public var words: [String] {
    ReasonSet.allWords.enumerated().compactMap { rawValue & 1 << UInt32($0.offset) == 0 ? nil : $0.element }
  }
}
