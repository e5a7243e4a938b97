import CfgKitDotEnv
package import CfgKitSecrets

/// The environment that a command gets: what this process has, and what that lacks from files and defaults. In guarded memory.
package final class ProcessEnvironment: Sendable {
  /// `NAME=value` in the order of the list that `execve(2)` takes, each ended by NUL.
  private let block: SecretBytes
  /// Where each begins.
  package let starts: [Int]
  /// The names that it holds, in their order.
  package let names: [String]

  private static let kept: Set<String> = ["PATH", "HOME", "TERM", "LANG", "TZ"]

  /// Composes it. Names that begin with `CFGKIT_` are cfgkit's own and stay out.
  ///
  /// - Parameters:
  ///   - startingClean: whether of this process's own variables only a few common ones count.
  ///   - matches: which keys of the project count.
  /// - Throws: `SecretError` when guarded memory is not to be had.
  package init(
    of project: Project, startingClean: Bool = false, matching matches: (String) -> Bool = { _ in true }
  ) throws(SecretError) {
    let unset = project.emptyKeyLists
    let process = project.options.environment
    var names: Set<String> = []
    var variables: [Variable] = []
    for name in process.names.sorted() where names.insert(name).inserted {
      let isOfProject = project.resolution[name] != nil && matches(name)
      if startingClean, !Self.kept.contains(name), !isOfProject { continue }
      if name.hasPrefix("CFGKIT_") || unset.contains(name) { continue }
      variables.append(Variable(name: name, source: .inherited(process)))
    }
    for key in project.resolution.keys where !names.contains(key) && matches(key) && !unset.contains(key) {
      guard let winner = project.resolution[key]?.winner, !key.hasPrefix("CFGKIT_") else { continue }
      variables.append(Variable(name: key, source: .resolved(winner.value)))
    }
    var starts: [Int] = []
    block = try SecretBytes(capacity: variables.reduce(0) { $0 + $1.byteCount }) { room in
      var end = 0
      for variable in variables {
        starts.append(end)
        for byte in variable.name.utf8 { Self.put(byte, &room, &end) }
        Self.put(UInt8(ascii: "="), &room, &end)
        variable.withValue { value in
          for index in 0..<value.byteCount { Self.put(value[octet: index], &room, &end) }
        }
        Self.put(0, &room, &end)
      }
      return end
    }
    self.starts = starts
    self.names = variables.map(\.name)
  }

  /// Lends the bytes of all variables.
  package func withBlock<R, E: Error>(_ body: (borrowing RawSpan) throws(E) -> R) throws(E) -> R {
    try block.withBytes(body)
  }

  /// Tells this environment from another one; says nothing to another process.
  package var content: DocumentVersion {
    get throws(SecretError) {
      try block.withBytes { bytes throws(SecretError) in try DocumentVersion(ofBytes: bytes) }
    }
  }

  private static func put(_ byte: UInt8, _ room: inout MutableRawSpan, _ end: inout Int) {
    room.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
    end += 1
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
}

extension Project {
  /// Lists of previous keys that are empty: code that splits them would take the empty text for a key, so they stay
  /// undefined.
  fileprivate var emptyKeyLists: Set<String> {
    let lists =
      schema.declarations.filter(\.isManaged).map(\.key)
      + schema.declarations.compactMap(\.rotation?.fallbackKey)
    return Set(lists.filter { resolution[$0]?.winner?.value.isEmpty == true })
  }
}
