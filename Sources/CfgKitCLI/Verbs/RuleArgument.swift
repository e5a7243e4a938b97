public import ArgumentParser
public import CfgKit

/// The argument of `--rule`: `ID=off`, `ID=warning`.
struct RuleArgument: ExpressibleByArgument {
  let name: String
  let setting: ValidationOptions.RuleSetting

  init?(argument: String) {
    guard let equals = argument.lastIndex(of: "=") else { return nil }
    name = String(argument[..<equals])
    let word = String(argument[argument.index(after: equals)...])
    if word == "off" {
      setting = .off
    } else if let severity = Severity(rawValue: word) {
      setting = .severity(severity)
    } else {
      return nil
    }
  }

  /// The settings by rule id; every name has to be a rule's.
  static func settings(_ arguments: [RuleArgument]) throws(Failure) -> [String: ValidationOptions.RuleSetting]
  {
    var settings: [String: ValidationOptions.RuleSetting] = [:]
    for argument in arguments {
      guard let rule = Rule.named(argument.name) else {
        let meant = NearMiss.candidate(for: argument.name, among: Rule.all.map(\.id))
        throw .usage(
          "--rule names no rule\(meant.map { "; did you mean \($0)?" } ?? ""); all of them: cfgkit rules")
      }
      settings[rule.id] = argument.setting
    }
    return settings
  }

  /// The packs of `--rules`; every name has to be a pack's.
  static func packs(_ text: String?) throws(Failure) -> [String] {
    let names = (text ?? "").split(separator: ",").map(String.init)
    for name in names where !Rule.packNames.contains(name) {
      throw .usage("--rules takes the packs \(Rule.packNames.joined(separator: ", "))")
    }
    return names
  }
}

extension Severity: ExpressibleByArgument {}
extension KeyDeclaration.Phase: ExpressibleByArgument {}
