import CfgKit
import CfgKitSecrets

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The environment that `run` gives to the command: what the process has, and what that lacks from files and defaults.
struct ChildEnvironment: ~Copyable {
  /// `NAME=value` in the order of the list that `execve(2)` takes, each ended by NUL.
  private let block: SecretBytes
  /// Where each begins.
  private let starts: [Int]

  private static let kept: Set<String> = ["PATH", "HOME", "TERM", "LANG", "TZ"]

  /// Composes it. Names that begin with `CFGKIT_` are cfgkit's own and stay out.
  init(of project: Project, startingClean: Bool, matching pattern: KeyPattern) throws {
    let unset = project.emptyKeyLists
    let process = project.options.environment
    var names: Set<String> = []
    var variables: [Variable] = []
    for name in process.names.sorted() where names.insert(name).inserted {
      let isOfProject = project.resolution[name] != nil && pattern.matches(name)
      if startingClean, !Self.kept.contains(name), !isOfProject { continue }
      if name.hasPrefix("CFGKIT_") || unset.contains(name) { continue }
      variables.append(Variable(name: name, source: .inherited(process)))
    }
    for key in project.resolution.keys
    where !names.contains(key) && pattern.matches(key) && !unset.contains(key) {
      guard let winner = project.resolution[key]?.winner, !key.hasPrefix("CFGKIT_") else { continue }
      variables.append(Variable(name: key, source: .resolved(winner.value)))
    }
    var starts: [Int] = []
    let capacity = variables.reduce(0) { $0 + $1.byteCount }
    block = try SecretBytes(capacity: capacity) { room in
      var end = 0
      for variable in variables {
        starts.append(end)
        for byte in variable.name.utf8 { room.append(byte, at: &end) }
        room.append(UInt8(ascii: "="), at: &end)
        variable.withValue { value in room.append(value, at: &end) }
        room.append(0, at: &end)
      }
      return end
    }
    self.starts = starts
  }

  /// One variable, which is not copied before there is guarded memory for all of them.
  private struct Variable {
    enum Source {
      case inherited(EnvironmentBlock)
      case resolved(LayerValue)
    }

    let name: String
    let source: Source

    /// With `=` and NUL.
    var byteCount: Int {
      var count = name.utf8.count + 2
      withValue { value in count += value.byteCount }
      return count
    }

    func withValue(_ body: (borrowing RawSpan) -> Void) {
      switch source {
      case .inherited(let block): block.withVariable(name, body)
      case .resolved(let value): value.withBytes(body)
      }
    }
  }

  /// Becomes the command, whose words are the last of this process's own, byte for byte; returns only to say why not.
  consuming func execute(_ program: String, argumentCount: Int) -> Failure {
    let candidates = candidates(for: program)
    CoreDumps.allow()
    let words = unsafe CommandLine.unsafeArgv + Int(CommandLine.argc) - argumentCount
    // A file that may not be executed counts only if no later folder has the command.
    var problem = ENOENT
    block.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { bytes in
        var list: [UnsafeMutablePointer<CChar>?] = unsafe starts.map { start in
          // `execve(2)` takes the list as mutable and only reads it.
          unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.advanced(by: start)
            .assumingMemoryBound(to: CChar.self)
        }
        unsafe list.append(nil)
        for path in candidates {
          _ = unsafe execve(path, words, list)
          if errno != ENOENT, errno != ENOTDIR { problem = errno }
        }
      }
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
    return (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":", omittingEmptySubsequences: false)
      .map { "\($0.isEmpty ? "." : $0)/\(program)" }
  }

  /// The child's PATH.
  private var path: String? {
    block.withBytes { bytes in
      for (index, start) in starts.enumerated() {
        let end = index + 1 < starts.count ? starts[index + 1] : bytes.byteCount
        let variable = bytes.extracting(start..<end - 1)
        guard variable.byteCount >= 5, "PATH=".utf8.enumerated().allSatisfy({ variable.octet(at: $0) == $1 })
        else { continue }
        return unsafe variable.extracting(5..<variable.byteCount).withUnsafeBytes {
          unsafe String(decoding: $0, as: UTF8.self)
        }
      }
      return nil
    }
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
