import Foundation
import Testing

/// What `cfgkit` does when a store is named: it has no code that speaks to one.
@Suite struct HandoverTests {
  /// A folder of its own with cfgkit and, if asked for, something in the place of cfgkit-fleet.
  private func folder(fleet: String? = nil) throws -> Scratch {
    let folder = Scratch()
    // Not copied by this process: a child that another test starts meanwhile would hold it open for writing.
    try #require(folder.run(["cp", binary, "cfgkit"], stdin: [], environment: [:]).status == 0)
    if let fleet {
      folder.write("cfgkit-fleet", fleet)
      chmod(folder.path + "/cfgkit-fleet", 0o755)
    }
    return folder
  }

  private static let recorder = "#!/bin/sh\nprintf '%s\\n' \"$$\" \"$@\" \"$CFGKIT_STORE\" \"$PWD\"\nexit 7\n"
  private static let store = "etcd://h:1/shop"

  @Test func `the program beside it gets the same words and the same environment`() throws {
    let folder = try folder(fleet: Self.recorder)
    let outcome = folder.run(
      ["./cfgkit", "-C", "..", "list", "--format", "json"], stdin: [],
      environment: ["CFGKIT_STORE": Self.store])
    #expect(outcome.status == 7)
    #expect(
      outcome.stdout.split(separator: "\n").dropFirst() == [
        "-C", "..", "list", "--format", "json", Substring(Self.store), Substring(folder.path),
      ], "\(outcome.everything)")
  }

  @Test func `else the one in PATH gets them`() throws {
    let (own, other) = (try folder(), try folder(fleet: Self.recorder))
    let outcome = own.run(
      ["./cfgkit", "get", "A", "--store", Self.store], stdin: [],
      environment: ["PATH": "/nonexistent:\(other.path):/usr/bin:/bin"])
    #expect(outcome.status == 7, "\(outcome.everything)")
  }

  @Test(arguments: [
    (["list"], 69), (["set", "A", "1"], 69), (["push"], 69), (["history"], 69), (["run", "--", "true"], 125),
  ])
  func `without it the error says how to get it`(words: [String], status: Int) throws {
    let outcome = try folder().run(
      ["./cfgkit"] + words, stdin: [], environment: ["CFGKIT_STORE": Self.store])
    #expect(outcome.status == Int32(status))
    #expect(outcome.stderr.hasSuffix("make install-fleet\n"), "\(outcome.stderr)")
    #expect(!outcome.everything.contains("shop"))
  }

  @Test(arguments: [
    ["generate"], ["rules", "CFG201"], ["templates"], ["init", "generic", "--dry-run"], ["--version"],
    ["validate", "--recursive"], ["get", "A", "-f", "a.env"], ["list", "--help"],
  ])
  func `what is about no store is done without it`(words: [String]) throws {
    let folder = try folder()
    folder.write("a.env", "A=1\n")
    folder.write(".env", "A=1\n")
    let outcome = folder.run(["./cfgkit"] + words, stdin: [], environment: ["CFGKIT_STORE": Self.store])
    #expect(outcome.status == 0, "\(outcome.everything)")
  }

  @Test(arguments: ["push", "pull", "history"])
  func `a verb about stores says so where none is named`(verb: String) {
    let outcome = Scratch([".env": "A=1\n"]).cfgkit(arguments: [verb])
    #expect(outcome.status == 64)
    #expect(outcome.stderr.contains("CFGKIT_STORE"))
  }

  /// Also where the store's password is in it, nothing is said of the address.
  @Test(arguments: [binary, fleetBinary])
  func `an address with a user or a password is a usage error, and is not repeated`(program: String) {
    for address in ["etcd://root:hunter2@h:1/shop", "etcd://root@h/shop"] {
      for outcome in [
        Scratch().run([program, "list", "--store", address], stdin: [], environment: [:]),
        Scratch().run([program, "list"], stdin: [], environment: ["CFGKIT_STORE": address]),
      ] {
        #expect(outcome.status == 64)
        #expect(!outcome.everything.contains("hunter2") && !outcome.everything.contains("root"))
        #expect(outcome.stderr.contains("--store-password-file"))
      }
    }
  }

  @Test func `without a store both programs do the same`() {
    let files = [
      ".env.schema": LeakTests.schema, ".env": "APP_ENV=development\nSECRET_KEY=changeme\nPORT=x\n",
    ]
    for verb in LeakTests.quietVerbs where !verb.contains("rotate-secret") {
      let outcomes = [binary, fleetBinary].map { program in
        let scratch = Scratch(files)
        let outcome = scratch.run([program] + verb, stdin: Array("4000\n".utf8), environment: [:])
        return [
          "\(outcome.status)", outcome.everything.replacing(scratch.path, with: ""),
          scratch.read(".env") ?? "",
        ]
      }
      #expect(outcomes[0] == outcomes[1], "\(verb)")
    }
  }
}
