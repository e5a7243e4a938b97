import Foundation
import SystemPackage

@testable import CfgKit

/// A directory of its own for one test, removed with it.
final class Scratch {
  let path: FilePath

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cfgkit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = FilePath(folder.path)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path.string)
  }

  subscript(name: String) -> FilePath { path.pushing(FilePath(name)) }

  @discardableResult
  func write(_ text: String, to name: String = ".env", mode: Int = 0o600) throws -> FilePath {
    let file = self[name]
    try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
    chmod(file.string, mode_t(mode))
    return file
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: self[name].string, withIntermediateDirectories: false)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self[name].string, withDestinationPath: target)
  }

  func text(_ name: String = ".env") throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: self[name].string)), as: UTF8.self)
  }

  func names(in folder: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self[folder].string).sorted()
  }

  func mode(_ name: String = ".env") throws -> CInterop.Mode { try Stat(self[name]).mode.rawValue & 0o7777 }
}

/// The code with which `body` is refused, or nil.
func refusal(_ body: () throws -> Void) -> StoreError.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? StoreError)?.code
  }
}
