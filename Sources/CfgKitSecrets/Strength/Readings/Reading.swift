/// One way to read a value, with the two bounds of its bits.
struct Reading {
  /// Bits if it had been drawn from its alphabet.
  var charset: Int32
  /// Bits of its shortest description.
  var code: Int32
  var tally: Tally
  /// Whether it is a key at all, or a token, an identifier or a file.
  var note: Note = .key

  enum Note { case key, token, notEstimated }

  /// A random key's description is that much shorter with a chance of 2^-30.
  static let deficiencyLimit = Cost.bits(30)
  /// What is taken out of a label must be that close to random.
  private static let labelDeficiencyLimit = Cost.bits(8)

  var bits: Int32 { min(charset, code) }
  var isDeficient: Bool { charset - code >= Self.deficiencyLimit }

  func isRejected(_ policy: StrengthPolicy) -> Bool { bits < policy.rejectBelow || isDeficient }
  func isStrongAlone(_ policy: StrengthPolicy) -> Bool {
    bits >= max(policy.rejectBelow, Cost.bits(98)) && charset - code < Self.labelDeficiencyLimit
  }

  /// A text of characters from a generator's alphabet.
  init(characters text: UnsafeRawBufferPointer) {
    let description = unsafe Description.shortest(text)
    self.init(
      charset: unsafe GeneratorAlphabet.bound(text), code: description.code, tally: description.tally)
  }

  /// A passphrase of `count` bytes.
  init(_ passphrase: Passphrase, _ count: Int) {
    self.init(charset: passphrase.charset, code: passphrase.code, tally: Tally(.random, count))
  }

  init(charset: Int32, code: Int32, tally: Tally, note: Note = .key) {
    self.charset = charset
    self.code = code
    self.tally = tally
    self.note = note
  }
}
