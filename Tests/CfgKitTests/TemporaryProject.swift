import SystemPackage
import Testing

@testable import CfgKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder with files in it, removed when it goes.
final class TemporaryProject {
  let root: FilePath

  /// Writes the files, `name: text`; an empty `.git` bounds the search.
  init(_ files: [String: String]) throws {
    var template = Array("/tmp/cfgkit-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Errno(rawValue: errno) }
    root = FilePath(platformString: made)
    mkdir(root.appending(".git").string, 0o755)
    for (name, text) in files { try write(name, text) }
  }

  deinit {
    for name in listing(root) where name != ".git" { unlink(root.appending(name).string) }
    rmdir(root.appending(".git").string)
    rmdir(root.string)
  }

  private func listing(_ folder: FilePath) -> [String] {
    guard let directory = opendir(folder.string) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  func write(_ name: String, _ text: String, mode: FilePermissions = [.ownerReadWrite]) throws {
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
