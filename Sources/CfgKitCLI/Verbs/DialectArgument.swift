import ArgumentParser
import CfgKit
import CfgKitDotEnv

/// The argument of `--dialect`: names of readers, separated by commas, or `all`.
struct DialectArgument: ExpressibleByArgument {
  let dialects: Set<Dialect>

  static let help = ArgumentHelp(
    "Hold the file against these readers, separated by commas, or all: "
      + Dialect.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "name,…")

  init?(argument: String) {
    let names = argument.split(separator: ",")
    let known = names.compactMap { Dialect(rawValue: String($0)) }
    if names == ["all"] {
      dialects = Set(Dialect.allCases)
    } else if !names.isEmpty, known.count == names.count {
      dialects = Set(known)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { ["all"] + Dialect.allCases.map(\.rawValue) }
}
