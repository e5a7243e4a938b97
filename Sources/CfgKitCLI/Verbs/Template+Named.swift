import CfgKit
import CfgKitTemplates

extension Template {
  /// The template of a name; a usage error lists those there are.
  static func named(_ name: String) throws(Failure) -> Template {
    if let template = all.first(where: { $0.name == name }) { return template }
    let names = all.map(\.name)
    let meant = NearMiss.candidate(for: name, among: names)
    throw .usage(
      "there is no such template\(meant.map { "; did you mean \($0)?" } ?? ""); the templates: \(names.joined(separator: ", "))"
    )
  }
}
