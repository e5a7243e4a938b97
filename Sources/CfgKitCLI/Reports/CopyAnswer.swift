import CfgKit
import CfgKitDotEnv

/// What `push` and `pull` say.
struct CopyAnswer {
  private let copy: DocumentCopy
  private let file: String
  private let source: String
  private let isPlan: Bool
  private let asJSON: Bool

  /// - Parameter file: the one of the two sides that is a file, as `diff` takes it.
  init(_ copy: DocumentCopy, of file: String, from source: String, isPlan: Bool, asJSON: Bool) {
    self.copy = copy
    self.file = file
    self.source = source
    self.isPlan = isPlan
    self.asJSON = asJSON
  }

  /// Does it, or only plans it, and says what became of the target.
  func give(_ console: Console) async throws {
    let effect: DocumentCopy.Effect
    do {
      effect = try await isPlan ? copy.plan() : copy.apply()
    } catch is DocumentCopy.Occupied {
      throw Failure(
        .exists, "exists",
        "\(copy.target.name) holds something else, and nothing was changed; compare with: cfgkit diff \(Fix.shellQuoted(file)); replace it with --force"
      )
    }
    guard asJSON else { return console.note(text(effect)) }
    try console.answer(
      JSON.object([
        ("schemaVersion", .integer(1)), ("dryRun", .bool(isPlan)), ("from", .string(source)),
        ("to", .string(copy.target.name)), ("effect", .string(effect.rawValue)),
        ("keys", .integer(keyCount)),
      ]).text)
  }

  private func text(_ effect: DocumentCopy.Effect) -> String {
    let target = copy.target.name
    if effect == .unchanged { return "nothing to do: \(target) holds what \(source) does" }
    let place = Printable.text("\(target) with the \(counted(keyCount, "key")) of \(source)")
    return (isPlan ? "would be: " : "") + "\(effect.rawValue) \(place)"
  }

  private var keyCount: Int {
    Set(copy.document.entries.map { copy.document.key(of: $0) }).count
  }
}
