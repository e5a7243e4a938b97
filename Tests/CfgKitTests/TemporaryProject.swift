import SystemPackage
import Testing

@testable import CfgKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder with files in it, removed when it goes.
final class TemporaryProject: Sendable {
  let root: FilePath

  /// Writes the files, `name: text`; an empty `.git` bounds the search.
  init(_ files: [String: String]) throws {
    var template = Array("/tmp/cfgkit-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Errno(rawValue: errno) }
    root = FilePath(platformString: made)
    mkdir(root.appending(".git").string, 0o755)
    for (name, text) in files { try write(name, text) }
  }

  deinit { Self.remove(root) }

  private static func remove(_ folder: FilePath) {
    for name in FolderListing.names(in: folder) {
      let path = folder.appending(name)
      if unlink(path.string) != 0 { remove(path) }
    }
    rmdir(folder.string)
  }

  func write(_ name: String, _ text: String, mode: FilePermissions = [.ownerReadWrite]) throws {
    var folder = root
    for part in FilePath(name).components.dropLast() {
      folder.append(part)
      mkdir(folder.string, 0o755)
    }
    let file = try FileDescriptor.open(
      root.appending(name), .writeOnly, options: [.create, .truncate], permissions: mode)
    try file.closeAfterWriting(Array(text.utf8))
  }

  func load(
    environment: [String: String] = [:], name: String? = nil, files: [FilePath] = [],
    isCompatible: Bool = false
  ) throws -> Project {
    try Project.load(
      Project.Options(
        directory: root, environmentName: name, files: files, isCompatible: isCompatible,
        environment: .made(environment)))
  }

  /// `file:line:column severity rule key` for each finding, in order, with the folder left out.
  func findings(
    environment: [String: String] = [:], name: String? = nil, options: ValidationOptions = ValidationOptions()
  ) throws -> [String] {
    try load(environment: environment, name: name).validate(options).findings.map { finding in
      let place = finding.location.map { "\($0)".replacing(root.string + "/", with: "") } ?? "-"
      return "\(place) \(finding.severity.rawValue) \(finding.rule.id) \(finding.key ?? "-")"
    }
  }
}

extension FileDescriptor {
  fileprivate func closeAfterWriting(_ bytes: [UInt8]) throws {
    try closeAfter { _ = try writeAll(bytes) }
  }
}
