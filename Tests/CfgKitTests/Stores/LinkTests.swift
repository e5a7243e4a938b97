import CfgKitDotEnv
import Foundation
import SystemPackage
import Testing

@testable import CfgKit

@Suite struct LinkTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.makeFolder("real")
    try scratch.write("A=1\n", to: "real/.env")
  }

  private func set(_ name: String = ".env") throws {
    try FileStore(scratch[name]).update { document in try document.set("A", to: "2") }
  }

  @Test func `a link stays, and the write happens beside its target`() throws {
    try scratch.link(".env", to: "real/.env")
    try FileStore(scratch[".env"]).update { document in
      #expect(try scratch.names(in: "real").count == 2)
      try document.set("A", to: "2")
    }
    #expect(try scratch.text("real/.env") == "A=2\n")
    #expect(try Stat(scratch[".env"], followTargetSymlink: false).type == .symbolicLink)
    #expect(try scratch.names() == [".env", "real"])
  }

  @Test func `an absolute link and a link to a link are followed`() throws {
    try scratch.link("middle", to: scratch["real/.env"].string)
    try scratch.link(".env", to: "middle")
    try set()
    #expect(try scratch.text("real/.env") == "A=2\n")
  }

  @Test func `a link through the folder above is followed from where it stands`() throws {
    try scratch.link("real/also", to: "../real/.env")
    try set("real/also")
    #expect(try scratch.text("real/.env") == "A=2\n")
  }

  @Test func `a folder that is a link is a folder`() throws {
    try scratch.link("folder", to: "real")
    try set("folder/.env")
    #expect(try scratch.text("real/.env") == "A=2\n")
  }

  @Test func `a link to nothing is refused, for reading too`() throws {
    try scratch.link(".env", to: "none")
    #expect(refusal { try set() } == .brokenLink)
    #expect(refusal { try FileStore(scratch[".env"]).update(createIfAbsent: true) { _ in } } == .brokenLink)
    #expect(refusal { _ = try FileStore(scratch[".env"]).load() } == .brokenLink)
    #expect(try scratch.names() == [".env", "real"])
  }

  @Test func `links in a circle are refused`() throws {
    try scratch.link(".env", to: "b")
    try scratch.link("b", to: ".env")
    #expect(refusal { try set() } == .brokenLink)
    #expect(refusal { _ = try FileStore(scratch[".env"]).load() } == .brokenLink)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
  func `a link to a file of another owner is refused`() throws {
    #expect(chown(scratch["real/.env"].string, 65_534, 65_534) == 0)
    try scratch.link(".env", to: "real/.env")
    #expect(refusal { try set() } == .foreignLink)
    #expect(try scratch.text("real/.env") == "A=1\n")
  }

  @Test func `a Kubernetes volume is read and not written`() throws {
    try scratch.link("..data", to: "real")
    try scratch.link(".env", to: "..data/.env")
    #expect(try FileStore(scratch[".env"]).load().0.byteCount == 4)
    #expect(refusal { try set() } == .kubernetesVolume)
    #expect(refusal { try set("..data/.env") } == .kubernetesVolume)
  }

  @Test func `a target that becomes a link after the check is not followed`() throws {
    try scratch.write("A=1\n")
    let code = refusal {
      try FileStore(scratch[".env"]).update { document in
        try document.set("A", to: "2")
        try FileManager.default.removeItem(atPath: scratch[".env"].string)
        try scratch.link(".env", to: "real/.env")
      }
    }
    #expect(code == .changed)
    #expect(try scratch.text("real/.env") == "A=1\n")
  }
}
