import CfgKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The environment that `run` gives to the command: what the process has, and what that lacks from files and defaults.
struct ChildEnvironment: ~Copyable {
  /// `NAME=value` in the order of the list that `execve(2)` takes, each ended by NUL.
  private var variables: [[UInt8]] = []

  private static let kept: Set<String> = ["PATH", "HOME", "TERM", "LANG", "TZ"]

  /// Composes it. Names that begin with `CFGKIT_` are cfgkit's own and stay out.
  init(of project: Project, startingClean: Bool, matching pattern: KeyPattern) throws {
    let unset = project.emptyKeyLists
    var names: Set<String> = []
    let process = project.options.environment
    for name in process.names.sorted() where names.insert(name).inserted {
      let isOfProject = project.resolution[name] != nil && pattern.matches(name)
      if startingClean, !Self.kept.contains(name), !isOfProject { continue }
      if name.hasPrefix("CFGKIT_") || unset.contains(name) { continue }
      process.withVariable(name) { bytes in variables.append(Self.variable(name, bytes)) }
    }
    for key in project.resolution.keys
    where !names.contains(key) && pattern.matches(key) && !unset.contains(key) {
      guard let winner = project.resolution[key]?.winner, !key.hasPrefix("CFGKIT_") else { continue }
      winner.value.withBytes { bytes in variables.append(Self.variable(key, bytes)) }
    }
  }

  private static func variable(_ name: String, _ value: borrowing RawSpan) -> [UInt8] {
    var bytes = Array(name.utf8)
    bytes.reserveCapacity(bytes.count + value.byteCount + 2)
    bytes.append(UInt8(ascii: "="))
    for index in 0..<value.byteCount { bytes.append(value.octet(at: index)) }
    bytes.append(0)
    return bytes
  }

  /// Becomes the command, whose words are the last of this process's own, byte for byte; returns only to say why not.
  consuming func execute(_ program: String, argumentCount: Int) -> Failure {
    CoreDumps.allow()
    // The copies live until the process image is replaced; where that fails, the process ends.
    var block: [UnsafeMutablePointer<CChar>?] = unsafe variables.map { unsafe CString.copy($0) }
    unsafe block.append(nil)
    let words = unsafe CommandLine.unsafeArgv + Int(CommandLine.argc) - argumentCount
    var problem = ENOENT
    for path in candidates(for: program) {
      let path = unsafe CString.copy(Array(path.utf8) + [0])
      _ = unsafe execve(path, words, block)
      // A file that may not be executed counts only if no later folder has the command.
      if errno != ENOENT, errno != ENOTDIR { problem = errno }
    }
    switch problem {
    case ENOENT:
      return Failure(.commandNotFound, "command-not-found", "\(program): command not found")
    case E2BIG:
      return Failure(
        .notExecutable, "too-big", "\(program): arguments and environment are larger than the system allows")
    default:
      return Failure(
        .notExecutable, "not-executable", "\(program): \(unsafe String(cString: strerror(problem)))")
    }
  }

  /// Where the command may be: as given if it names a folder, else in those of the child's own PATH.
  private func candidates(for program: String) -> [String] {
    if program.isEmpty || program.contains("/") { return [program] }
    let path = variables.first { $0.starts(with: "PATH=".utf8) }
      .map { String(decoding: $0.dropFirst(5).dropLast(), as: UTF8.self) }
    return (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":", omittingEmptySubsequences: false)
      .map { "\($0.isEmpty ? "." : $0)/\(program)" }
  }
}

/// Bytes as C wants them.
private enum CString {
  /// A copy that is never freed: it is for a process image that is about to be replaced.
  static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar> {
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() { unsafe copy[index] = CChar(bitPattern: byte) }
    return unsafe copy
  }
}

extension Project {
  /// Lists of previous keys that are empty: code that splits them would take the empty text for a key, so they stay undefined
  /// (rotation.md §4).
  fileprivate var emptyKeyLists: Set<String> {
    let lists =
      schema.declarations.filter(\.isManaged).map(\.key)
      + schema.declarations.compactMap(\.rotation?.fallbackKey)
    return Set(lists.filter { resolution[$0]?.winner?.value.isEmpty == true })
  }
}
