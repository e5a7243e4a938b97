// A program that uses a configuration as applications do and looks into its own memory, for the tests of guarded memory.
//
// usage: MemoryProbe other PROCESS NEEDLE…
//        MemoryProbe search|core|core-exposed|forbidden-core|arenas|limits|overread FOLDER [NEEDLE…]
// FOLDER holds `valid` and `invalid`, two projects. A NEEDLE is a value, masked, in hexadecimal.

import CfgKit
import CfgKitDotEnv
import CfgKitSecrets
import Glibc
import SystemPackage

let words = CommandLine.arguments

/// Prints a line at once, whatever becomes of the process.
func say(_ text: String) {
  let line = Array((text + "\n").utf8)
  precondition(write(1, line, line.count) == line.count)
}

/// What an application holds while it runs.
struct Held {
  let project: Project
  let config: Config
  let secrets: [Secret]
  let document: Document

  /// Loads, validates, compares, estimates, edits, rotates, and is refused a broken project.
  init(in folder: FilePath) throws {
    let options = Project.Options(directory: folder.appending("valid"))
    let first = try Config.load(options)
    let secrets = try ["SECRET_KEY", "DB_PASSWORD", "ESCAPED", "MULTI", "FROM_ENVIRONMENT", "DATABASE_URL"]
      .map { try first.secret($0) }
    let again = try first.secret("SECRET_KEY")
    precondition(secrets[0].matches(again) && !secrets[0].matches(secrets[1]))
    for secret in secrets { _ = StrengthEstimator().estimate(of: secret) }
    precondition("\(secrets) \(first)".contains("••••"))

    let file = FileStore(folder.appending("valid/.env"))
    try file.update { document in
      try secrets[2].withBytes { bytes in _ = try document.set("COPY", to: bytes) }
      try document.set("PORT", to: "8081")
    }
    try file.update { document in try document.remove("COPY") }
    let edit = try KeyEdit(of: "DB_PASSWORD", in: try Project.load(options))
    let changed = secrets[1]
    _ = try CallingThread.run { try await edit.set(changed) }
    let rotation = try Rotation(Rotation.Request(.rotate, of: ["SECRET_KEY"]), in: try Project.load(options))
    _ = try CallingThread.run { try await rotation.plan() }
    _ = try CallingThread.run { try await rotation.apply() }

    do {
      _ = try Config.load(Project.Options(directory: folder.appending("invalid")))
      preconditionFailure("a broken project was loaded")
    } catch {
      precondition(error.findings.count > 5 && !error.description.isEmpty)
    }
    project = try Project.load(options)
    config = try Config(project)
    self.secrets = try secrets + [config.secret("SECRET_KEY"), config.secret("OLD_KEYS")]
    document = try file.load().0
  }

  /// The key that rotation made, which nobody else knows.
  var newKey: Needle {
    Needle(
      masked: secrets[6].withBytes { bytes in
        (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) ^ Needle.mask }
      })
  }
}

func search(_ folder: FilePath, _ needles: [Needle]) throws {
  let memory = MemorySearch()
  let newKey: Needle
  do {
    let held = try Held(in: folder)
    newKey = held.newKey
    say("held \(memory.hits(of: needles + [newKey]))")
    held.project.scrubEnvironment()
    say("scrubbed \(memory.hits(of: needles + [newKey]))")
    withExtendedLifetime(held) {}
  }
  say("dropped \(memory.hits(of: needles + [newKey]))")
  // The control: what is searched for is found where it should not be.
  let options = Project.Options(
    directory: folder.appending("valid"),
    environment: .made(["FROM_ENVIRONMENT": try OperationID().description]))
  let text = try Config.load(options).secret("DB_PASSWORD").exposedText()
  say("exposed \(memory.hits(of: needles))")
  withExtendedLifetime(text) {}
}

switch words[1] {
case "search": try search(FilePath(words[2]), words[3...].map { Needle(maskedHex: $0) })
case "other":
  say("\(MemorySearch(process: words[2]).hits(of: words[3...].map { Needle(maskedHex: $0) }))")
case "core":
  let held = try Held(in: FilePath(words[2]))
  say("held")
  withExtendedLifetime(held) { abort() }
case "core-exposed":
  let held = try Held(in: FilePath(words[2]))
  let text = held.secrets[1].exposedText()
  say("held")
  withExtendedLifetime((held, text)) { abort() }
case "forbidden-core":
  CoreDumps.forbid()
  abort()
case "arenas":
  var secrets: [Secret?] = try (0..<20_000).map { number in
    try Secret(capacity: 32) { room in
      room.storeBytes(of: number, as: Int.self)
      return 32
    }
  }
  let (arenas, pages) = (SecretMemoryStatus.current.arenas, MemorySearch.guardedPages)
  let isIntact = secrets[12_345]?.withBytes { $0.unsafeLoad(as: Int.self) } == 12_345
  for index in secrets.indices where index % 2 == 0 { secrets[index] = nil }
  let more = try (0..<9_000).map { _ in try Secret(capacity: 32) { $0.byteCount } }
  let again = SecretMemoryStatus.current.arenas
  withExtendedLifetime((secrets, more)) {}
  secrets = []
  say("arenas=\(arenas) pages=\(pages) intact=\(isIntact) again=\(again)")
case "limits":
  let secret = try Secret(copying: "a secret of no importance")
  let status = SecretMemoryStatus.current
  say("refused=\(status.refusedLocks) warning=\(status.warning != nil) bytes=\(secret.byteCount)")
case "overread":
  let secret = try Secret(copying: "a secret of no importance")
  secret.withBytes { bytes in
    bytes.withUnsafeBytes { buffer in
      let page = UInt(bitPattern: buffer.baseAddress) | 4_095
      say("last byte \(UnsafePointer<UInt8>(bitPattern: page)!.pointee)")
      say("one more \(UnsafePointer<UInt8>(bitPattern: page + 1)!.pointee)")
    }
  }
default: preconditionFailure("no such command")
}
