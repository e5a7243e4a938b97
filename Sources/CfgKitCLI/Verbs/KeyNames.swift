import ArgumentParser
import CfgKit

/// The names of keys on the command line.
enum KeyNames {
  /// Completes the keys of the project around the working directory.
  static let completion = CompletionKind.custom { _, _, _ in
    guard let project = try? Project.load() else { return [] }
    return project.resolution.keys.filter { project.shownName(of: $0) == $0 }.sorted()
  }

  /// Every word has to be the name of a key, of this project or another. One that is none may be a value, `PASSWORD=…`, and is never
  /// repeated.
  static func expectNames(_ words: [String]) throws(Failure) {
    guard !words.allSatisfy(KeyName.isName) else { return }
    throw .usage(
      "that is no name of a key, which is a letter or _, then letters, digits, _ . and -; the keys: cfgkit list; to give one a value: cfgkit set KEY"
    )
  }

  /// Every name has to be a key of the project. A name that is none is shown only as the key it is near to: it may be a value
  /// that was typed in the wrong place.
  static func check(_ names: [String], in project: Project) throws(Failure) {
    for name in names where project.resolution[name] == nil { throw unknown(name, in: project) }
  }

  /// What is said of a name that no layer has.
  static func unknown(_ name: String, in project: Project, status: ExitStatus = .usage) -> Failure {
    let meant = NearMiss.candidate(for: name, among: project.resolution.keys)
    let way = meant.map { "did you mean \($0)?" } ?? "the keys: cfgkit list"
    return Failure(
      status, status == .usage ? "usage" : "not-set", "\(shown(name)) is not a key of this project; \(way)")
  }

  /// The name, or a word for it where it may be key material.
  static func shown(_ name: String) -> String { KeyName.isShowable(name) ? name : "that name" }
}
