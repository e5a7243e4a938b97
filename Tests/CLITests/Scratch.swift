import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a run of the built binary left behind.
struct Outcome {
  let status: Int32
  let stdout: String
  let stderr: String
  let stdoutBytes: [UInt8]

  /// Both streams, for what must appear in neither.
  var everything: String { stdout + stderr }
}

/// A scratch folder with files, in which the built binary is run. It goes when the value goes.
final class Scratch {
  let path: String

  init(_ files: [String: String] = [:]) {
    var template = Array((NSTemporaryDirectory() + "/cfgkit-test-XXXXXX").utf8CString)
    path = realPath(template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) })
    // Keeps the search for a project inside the folder, whatever lies above.
    mkdir(path + "/.git", 0o755)
    for (name, text) in files { write(name, text) }
  }

  deinit {
    _ = try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ name: String, _ text: String) { write(name, bytes: Array(text.utf8)) }

  func write(_ name: String, bytes: [UInt8]) {
    let full = path + "/" + name
    let folder = (full as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(atPath: full, contents: Data(bytes))
    chmod(full, 0o600)
  }

  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  func mode(_ name: String) -> UInt32? {
    var status = stat()
    return lstat(path + "/" + name, &status) == 0 ? UInt32(status.st_mode) & 0o7777 : nil
  }

  /// Every file with its bytes and mode, to see that nothing changed.
  var snapshot: [String: String] {
    var found: [String: String] = [:]
    for name in FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? [] {
      var status = stat()
      guard lstat(path + "/" + name, &status) == 0 else { continue }
      let kind = status.st_mode & S_IFMT
      let bytes = kind == S_IFREG ? FileManager.default.contents(atPath: path + "/" + name) : nil
      found[name] = "\(status.st_mode) \(status.st_ino) \(bytes?.base64EncodedString().hashValue ?? 0)"
    }
    return found
  }

  /// Runs cfgkit here. `environment` is all that the child sees, beside PATH and HOME.
  func cfgkit(
    _ arguments: String..., stdin: String = "", environment: [String: String] = [:], asNobody: Bool = false
  ) -> Outcome {
    run(
      asNobody
        ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", binary] + arguments
        : [binary] + arguments, stdin: Array(stdin.utf8), environment: environment)
  }

  func cfgkit(arguments: [String], stdin: [UInt8] = [], environment: [String: String] = [:]) -> Outcome {
    run([binary] + arguments, stdin: stdin, environment: environment)
  }

  /// Runs cfgkit-fleet here.
  func fleet(_ arguments: String..., stdin: String = "", environment: [String: String] = [:]) -> Outcome {
    run([fleetBinary] + arguments, stdin: Array(stdin.utf8), environment: environment)
  }

  func fleet(arguments: [String], stdin: [UInt8] = [], environment: [String: String] = [:]) -> Outcome {
    run([fleetBinary] + arguments, stdin: stdin, environment: environment)
  }

  func run(_ words: [String], stdin: [UInt8], environment: [String: String]) -> Outcome {
    let streams = Scratch.streams()
    defer { for stream in streams { unlink(stream) } }
    _ = FileManager.default.createFile(atPath: streams[0], contents: Data(stdin))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams[0], O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, streams[1], O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, streams[2], O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let child = spawn(["setsid"] + words, in: path, actions: &actions, environment: environment)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let stdout = [UInt8](FileManager.default.contents(atPath: streams[1]) ?? Data())
    let stderr = [UInt8](FileManager.default.contents(atPath: streams[2]) ?? Data())
    return Outcome(
      status: exitCode(status), stdout: String(decoding: stdout, as: UTF8.self),
      stderr: String(decoding: stderr, as: UTF8.self), stdoutBytes: stdout)
  }

  private static func streams() -> [String] {
    let stem = NSTemporaryDirectory() + "/cfgkit-stream-" + UUID().uuidString
    return [stem + ".in", stem + ".out", stem + ".err"]
  }
}

/// The binary of this build, beside the test bundle.
let binary: String = {
  #if os(Linux)
    let test = realPath("/proc/self/exe")
    return (test as NSString).deletingLastPathComponent + "/cfgkit"
  #else
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }!
    return bundle.bundleURL.deletingLastPathComponent().path + "/cfgkit"
  #endif
}()

/// The one with the stores.
let fleetBinary = binary + "-fleet"

func realPath(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

func exitCode(_ status: Int32) -> Int32 {
  status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
}

/// Starts a command in a folder; `env` changes to it, since Glibc's module has no `posix_spawn_file_actions_addchdir_np`.
func spawn(
  _ command: [String], in folder: String, actions: inout posix_spawn_file_actions_t,
  environment: [String: String]
) -> pid_t {
  // The runner of the tests blocks signals, and a child would inherit that.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  var all = sigset_t()
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  let words = ["/usr/bin/env", "-C", folder] + command
  var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"]
  variables.merge(environment) { $1 }
  let argv = words.map { strdup($0) } + [nil]
  let envp = variables.map { strdup("\($0)=\($1)") } + [nil]
  defer { for text in argv + envp { free(text) } }
  var child: pid_t = 0
  let error = posix_spawn(&child, words[0], &actions, &attributes, argv, envp)
  precondition(error == 0, "cannot start \(words[0]): \(String(cString: strerror(error)))")
  return child
}

extension Scratch {
  /// The text behind `KEY=` in `.env`, as written.
  func value(_ key: String) -> String? {
    read(".env")?.split(whereSeparator: \.isNewline).last { $0.hasPrefix("\(key)=") }.map {
      String($0.dropFirst(key.count + 1))
    }
  }

  /// - Parameter moment: when a commit is made; a minute ago, so that what a test does next is later by git's clock of whole seconds.
  func git(_ arguments: String..., at moment: Date = Date() - 60) {
    let process = Process()
    let moment = "@\(Int(moment.timeIntervalSince1970)) +0000"
    let dates = ["GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment]
    process.environment = ProcessInfo.processInfo.environment.merging(dates) { $1 }
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-C", path, "-c", "user.name=x", "-c", "user.email=x@example.org"] + arguments
    try? process.run()
    process.waitUntilExit()
    precondition(process.terminationStatus == 0)
  }
}
