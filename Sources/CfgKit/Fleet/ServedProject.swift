package import CfgKitDotEnv
import CfgKitSecrets

/// What a command or an application gets of a checked project, and what may be said of it.
package struct ServedProject: Sendable {
  /// What it gets.
  package enum Content: Sendable {
    /// All variables of a command.
    case environment(ProcessEnvironment)
    /// What an application in this process reads.
    case config(Config)
  }

  /// What it gets.
  package let content: Content
  /// What it signs and accepts with, by the key of each ring.
  package let rings: [String: RingReport]
  /// The fingerprints that must not come back, by the key of each ring.
  package let dead: [String: Set<Fingerprint>]

  /// What a command gets.
  ///
  /// - Parameters:
  ///   - project: a project without errors.
  ///   - document: the document of the fleet, which is one of its layers.
  /// - Throws: `RotationRefusal` for a ring that cannot be read, or `SecretError`.
  package init(_ project: Project, document: Document, environment: ProcessEnvironment) throws {
    try self.init(project, document, .environment(environment))
  }

  /// What an application in this process gets.
  ///
  /// - Parameters:
  ///   - project: the other layers.
  ///   - store: whose document takes the place of the files.
  ///   - document: that document.
  /// - Throws: one `ConfigError` that lists everything that is wrong.
  package init(checking project: Project, in store: any DocumentStore, with document: Document)
    throws(ConfigError)
  {
    do {
      let whole = try project.replacing(in: store, with: document)
      try self.init(whole, document, .config(Config(whole)))
    } catch let error as ConfigError {
      throw error
    } catch let error as ProjectError {
      throw ConfigError(error)
    } catch let error as SecretError {
      throw ConfigError(ProjectError(error))
    } catch {
      throw ConfigError(ProjectError(.unreadable, "\(error)"))
    }
  }

  private init(_ project: Project, _ document: Document, _ content: Content) throws {
    self.content = content
    var rings: [String: RingReport] = [:]
    var dead: [String: Set<Fingerprint>] = [:]
    let reading = document.read(
      project.options.isCompatible ? .compatible : .strict, environment: project.options.environment)
    for declaration in project.schema.declarations where declaration.rotation != nil {
      let key = declaration.key
      guard document.lastEntry(for: key) != nil else { continue }
      let file = try RingFile(RingFile.Terms(key, declaration, "the store", now: .now), in: document, reading)
      dead[key] = Set(file.ring.dead)
      rings[key] = try project.report(of: file, in: document, reading)
    }
    self.rings = rings
    self.dead = dead
  }

  /// As the supervisor sees it.
  func snapshot(_ revision: Int64) throws(SecretError) -> Snapshot {
    let version =
      switch content {
      case .environment(let environment): try environment.content
      // A swap costs nothing, so each revision counts as another.
      case .config: DocumentVersion(revision: revision)
      }
    return Snapshot(revision: revision, content: version, rings: rings, dead: dead)
  }
}

extension Schema {
  /// The shortest silence of a member after which the others go on without it; nil if they never do.
  package var forgetAfter: Duration? { declarations.compactMap { $0.rotation?.forgetAfter }.min() }
}

extension Project {
  /// What the command has of a ring. Where another layer hides a part of it, that counts, and the others see that it differs.
  fileprivate func report(of file: RingFile, in document: Document, _ reading: Reading) throws -> RingReport {
    var report = RingReport(of: file.ring)
    for name in file.keyNames {
      guard let entry = document.lastEntry(for: name), let winner = resolution[name]?.winner?.value else {
        continue
      }
      let read = reading.withValue(of: entry) { bytes in Result { try Secret(copying: bytes) } }
      guard let own = try read?.get(), try !own.matches(winner.guarded) else { continue }
      let signing = name == file.ring.name ? file.key(try winner.guarded).fingerprint : report.signing
      report.signing = signing
      report.accepted = Set([signing].compactMap(\.self))
    }
    return report
  }
}
