import ArgumentParser
import CfgKitDotEnv

/// The argument parser's complaints without the words that it repeats: one of them may be a secret that was typed where none
/// belongs.
enum UsageMessage {
  /// A usage failure; 70 for an error that is not the parser's.
  static func failure(for error: any Error, verb: String?) -> Failure {
    guard CfgKitCommand.exitCode(for: error) == .validationFailure else {
      return Failure(.software, "bug", "this is a bug in cfgkit (\(type(of: error))); please report it")
    }
    let help = "see: cfgkit \(verb.map { "\($0) " } ?? "")--help"
    let message = CfgKitCommand.message(for: error)
    return .usage("\(withoutValues(message)); \(help)")
  }

  private static func withoutValues(_ message: String) -> String {
    if message.hasPrefix("Unexpected argument") || message.contains("unexpected argument") {
      return "there is an argument too many; no argument takes a secret"
    }
    if message.hasPrefix("Unknown option") {
      let quoted = message.split(separator: "'", omittingEmptySubsequences: false)
      let names = stride(from: 1, to: quoted.count, by: 2).map { String(quoted[$0]) }
      guard let name = names.first, isOptionName(name) else { return "there is an unknown option" }
      let meant = names.dropFirst().first.map { "; did you mean \($0)?" } ?? ""
      return "unknown option \(name)\(meant)"
    }
    if message.hasPrefix("The value ") {
      // "The value 'x' is invalid for '--bytes <bytes>'…": the option's name is the last but the hints behind it.
      let option = message.split(separator: "'").first {
        $0.hasPrefix("-") && isOptionName(String($0.prefix { $0 != " " }))
      }
      return option.map { "the value of \($0) is not one it takes" }
        ?? "an option has a value that it does not take"
    }
    let first = message.split(separator: "\n").first.map(String.init) ?? message
    return first.prefix(1).lowercased() + first.dropFirst()
  }

  private static func isOptionName(_ text: String) -> Bool {
    text.hasPrefix("-") && text.utf8.count <= 24
      && text.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "-") || Octet.isLetter(byte)
      }
  }
}
