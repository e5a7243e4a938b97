import ArgumentParser
import CfgKit
import CfgKitSecrets

/// `cfgkit generate`: one key and a line end, nothing else.
struct Generate: PlainVerb {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Print a fresh key; base64url of 32 bytes if nothing else is said.")

  @Argument(
    help: "The kind, as in generate= of a schema: \(KeyFormat.kinds.joined(separator: ", ")).",
    completion: .list(KeyFormat.kinds))
  var kind: String?

  @Option(
    help: ArgumentHelp("How many bytes; for kinds made of characters, how many of those.", valueName: "n"))
  var bytes: Int?

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let format = try KeyFormatArgument.format(kind, size: bytes)
    let key = try SecretGenerator().generate(format)
    if format.kind == .uuid {
      console.note("note: a UUID is an identifier of 122 bits, not a key; for a key: cfgkit generate")
    }
    try console.answer(
      ValueAnswer.answer(.secret(key), labelled: ("kind", format.description), asJSON: answersJSON))
    return .ok
  }
}
