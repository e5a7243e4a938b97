import CfgKitDotEnv
import CfgKitSecrets
import Foundation
import StoreContract
import SystemPackage
import Testing

@testable import CfgKit

/// What a member leaves on the disk of its machine.
@Suite struct MemberStateTests {
  private let scratch: Scratch
  private let store = MemoryStore()
  private let name = MemberName("web-1")!

  init() throws { scratch = try Scratch() }

  private var folder: FilePath { scratch["state"] }

  private func kept(fence: Duration? = nil, text: String? = "KEY=\(RotationBench.strong)\n") throws
    -> MemberState.Kept
  {
    let claim = MemberClaim(name, holder: try OperationID(), fence: fence)
    return MemberState.Kept(
      place: MemberPlace(claim, lease: 7, entry: 9), isOnRoster: true,
      served: text.map { (Document(Array($0.utf8)), 42) })
  }

  private func state() throws -> MemberState {
    try #require(try MemberState(of: name, in: folder, for: store))
  }

  @Test(arguments: [nil, Duration.seconds(600)])
  func `what is kept is what is found, for this user only and sealed`(
    fence: Duration?
  ) throws {
    let saved = try kept(fence: fence)
    try state().save(saved)
    let found = try #require(try state().load())
    #expect(found.place == saved.place)
    #expect(found.isOnRoster)
    #expect(found.served?.revision == 42)
    #expect(found.served?.document.bytes == saved.served?.document.bytes)
    for file in ["state/web-1.sealed", "state/machine.key"] {
      let path = scratch[file].string
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(bytes.range(of: Data(RotationBench.strong.utf8)) == nil)
      #expect(bytes.range(of: Data("web-1".utf8)) == nil)
    }
  }

  @Test func `nothing served yet is kept as such`() throws {
    try state().save(try kept(text: nil))
    let found = try #require(try state().load())
    #expect(found.served == nil)
  }

  @Test func `nothing is found before anything was kept`() throws {
    #expect(try state().load() == nil)
  }

  @Test func `any bit that is changed, and the key of another machine, leave nothing`() throws {
    try state().save(try kept())
    let path = scratch["state/web-1.sealed"].string
    let bytes = try Data(contentsOf: URL(filePath: path))
    for offset in stride(from: 0, to: bytes.count, by: 11) {
      var changed = bytes
      changed[offset] ^= 1 << UInt8(offset % 8)
      try changed.write(to: URL(filePath: path))
      #expect(try state().load() == nil)
    }
    try bytes.prefix(20).write(to: URL(filePath: path))
    #expect(try state().load() == nil)
    try bytes.write(to: URL(filePath: path))
    #expect(try state().load() != nil)
    try FileManager.default.removeItem(atPath: scratch["state/machine.key"].string)
    #expect(try state().load() == nil)
  }

  @Test func `a key that is none is refused, with its file`() throws {
    _ = try state()
    try Data("short".utf8).write(to: URL(filePath: scratch["state/machine.key"].string))
    let error = #expect(throws: StoreError.self) { try state() }
    #expect(error?.message.contains("machine.key") == true)
  }

  @Test func `one process has it at a time`() throws {
    let first = try state()
    #expect(try MemberState(of: name, in: folder, for: store) == nil)
    withExtendedLifetime(first) {}
  }
}
