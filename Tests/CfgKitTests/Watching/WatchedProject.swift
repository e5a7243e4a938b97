import CfgKit
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A project for a watcher to follow, whose `.env` has the same number under many keys, so that a file that was read in the middle of a
/// change shows.
final class WatchedProject: Sendable {
  static let keys = (0..<12).map { "NUMBER_\($0)" }
  static let schema =
    "# @defaultRequired=true\n# ---\n" + keys.map { "# @type=number(isInt=true)\n\($0)=\n" }.joined()

  let root: FilePath
  private let project: TemporaryProject

  init(_ files: [String: String] = [".env.schema": schema, ".env": text(0)]) throws {
    project = try TemporaryProject(files)
    root = project.root
  }

  /// A whole `.env` with this number.
  static func text(_ number: Int) -> String { keys.map { "\($0)=\(number)\n" }.joined() }

  /// How a file gets new bytes.
  enum Manner: CaseIterable {
    /// A new file takes the place of the old one.
    case replacement
    /// The old file is emptied and written again.
    case inPlace
    /// The old file is moved away and a new one made, as vim does.
    case backup
  }

  func write(_ text: String, to name: String = ".env", _ manner: Manner = .replacement) throws {
    let path = root.pushing(FilePath(name)).string
    switch manner {
    case .inPlace: try project.write(name, text)
    case .replacement:
      try project.write(name + ".new", text)
      rename(path + ".new", path)
    case .backup:
      rename(path, path + "~")
      try project.write(name, text)
      unlink(path + "~")
    }
  }

  func remove(_ name: String = ".env") { unlink(root.pushing(FilePath(name)).string) }

  func link(_ name: String, to target: String) {
    let path = root.pushing(FilePath(name)).string
    symlink(target, path + ".new")
    rename(path + ".new", path)
  }

  func watcher(
    environmentName: String? = nil, files: [FilePath] = [], debounce: Duration = .milliseconds(2),
    interval: Duration = .seconds(3_600), usesNotices: Bool = true
  ) throws -> ConfigWatcher {
    let options = Project.Options(
      directory: root, environmentName: environmentName, files: files, environment: .made([:]))
    return try ConfigWatcher(
      Config.load(options), debounce: debounce, interval: interval, usesNotices: usesNotices)
  }
}

extension Config {
  /// The number under all keys; nil if they differ.
  var number: Int? {
    let numbers = Set(WatchedProject.keys.map { try? required($0, as: Int.self) })
    return numbers.count == 1 ? numbers.first ?? nil : nil
  }
}

extension AsyncSequence {
  /// The first element that fits.
  func first(where fits: (Element) throws -> Bool) async throws -> Element? {
    for try await element in self where try fits(element) { return element }
    return nil
  }
}
