package import CfgKitDotEnv
import CfgKitSecrets

/// What a command gets of a checked project, and what may be said of it.
package struct ServedProject: Sendable {
  /// All that the command gets.
  package let environment: ProcessEnvironment
  /// What it signs and accepts with, by the key of each ring.
  package let rings: [String: RingReport]
  /// The fingerprints that must not come back, by the key of each ring.
  package let dead: [String: Set<Fingerprint>]

  /// - Parameters:
  ///   - project: a project without errors.
  ///   - document: the document of the fleet, which is one of its layers.
  /// - Throws: `RotationRefusal` for a ring that cannot be read, or `SecretError`.
  package init(_ project: Project, document: Document, environment: ProcessEnvironment) throws {
    self.environment = environment
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
    Snapshot(revision: revision, content: try environment.content, rings: rings, dead: dead)
  }
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
