import CfgKitDotEnv

/// Where the rings of a project stand: who signs since when, what is accepted until when, what is due.
package struct RotationOverview: Sendable {
  /// One key.
  package struct Row: Sendable {
    /// The key.
    package let key: String
    /// Its place in the file.
    package let location: Location
    /// Where its ring stands.
    package let phase: KeyRing.Phase
    /// Since when the current key signs; nil if nobody wrote it down.
    package let rotated: RotationTime?
    /// Since when the next key is published, if there is one.
    package let published: RotationTime?
    /// Until when each previous key is accepted, newest first; nil while some process may still sign with it.
    package let accepted: [RotationTime?]
    /// Whether a hand has changed the key or its list since the dates were written down.
    package let hasDrifted: Bool
    /// The age after which the key should be replaced.
    package let maximumAge: Duration?
    /// The ring itself.
    let ring: KeyRing
    /// Where the schema asks for that.
    let declaredAt: Location?
    let now: RotationTime

    /// Whether the current key is older than the schema allows.
    package var isDue: Bool {
      guard let rotated, let maximumAge else { return false }
      return now - rotated > maximumAge
    }

    /// What a member of the store holds of it.
    package func standing(of member: RosterMember) -> MemberStanding {
      MemberStanding(RotationMember(member, of: key), beside: ring, now: now)
    }

    /// The step that comes next, and from when on; nil if there is nothing to do.
    package var nextStep: (step: Rotation.Step, from: RotationTime?)? {
      if hasDrifted { return (.resume, nil) }
      switch phase {
      case .staged: return (.promote, nil)
      case .promoted: return (.resume, nil)
      case .grace: return (.retire, accepted.compactMap(\.self).min().flatMap { $0 > now ? $0 : nil })
      case .steady: return isDue ? (.rotate, nil) : nil
      }
    }
  }

  /// After what time a next key that was never promoted counts as forgotten.
  private static let forgotten = Duration.seconds(7 * 86_400)

  /// The keys, in the order of the schema.
  package let rows: [Row]

  /// Reads the rings.
  ///
  /// - Parameter keys: the keys; empty for all that rotate and have a value in a file.
  /// - Throws: `RotationRefusal` for a ring that cannot be read, or `SecretError`.
  package init(of keys: [String] = [], in project: Project, now: RotationTime = .now) throws {
    let rotating = project.schema.declarations.filter { $0.rotation != nil }.map(\.key)
    rows = try (keys.isEmpty ? rotating : keys).compactMap { key in try Self.row(of: key, in: project, now) }
  }

  private static func row(of key: String, in project: Project, _ now: RotationTime) throws -> Row? {
    guard let file = project.files.last(where: { $0.lastEntry(for: key) != nil }),
      let entry = file.lastEntry(for: key)
    else { return nil }
    let terms = RingFile.Terms(key, project.schema[key], file.shownPath, now: now)
    let read = try RingFile(terms, in: file.document, file.reading)
    let ring = read.ring
    return Row(
      key: key, location: file.place(of: entry), phase: ring.phase, rotated: ring.rotated,
      published: ring.next?.published, accepted: ring.previous.map(\.until), hasDrifted: read.hasDrifted,
      maximumAge: terms.policy.maximumAge, ring: ring,
      declaredAt: project.schema[key]?.location, now: now)
  }

  /// The keys that rotate and have a value.
  package var keys: [String] { rows.map(\.key) }

  /// The keys past their age.
  package var dueKeys: [String] { rows.filter(\.isDue).map(\.key) }

  /// What is too old or forgotten.
  package var findings: [Finding] { rows.flatMap(Self.findings) }

  private static func findings(_ row: Row) -> [Finding] {
    var findings: [Finding] = []
    func add(_ message: String, _ flag: String?, _ rule: Rule = .secretExpired) {
      let fix = flag.map { Fix.command("cfgkit", "rotate-secret", row.key, $0) }
      findings.append(
        Finding(
          rule, key: row.key, message, at: row.location,
          fix: fix ?? .command("cfgkit", "rotate-secret", row.key)))
    }
    if row.ring.isCurrentDead {
      return [
        Finding(
          .rotationDrift, severity: .error, key: row.key,
          "\(row.key) holds a key of it that was retired or compromised, so whoever has that can sign",
          at: row.location, fix: .command("cfgkit", "rotate-secret", row.key, "--compromised"))
      ]
    }
    if row.hasDrifted {
      add(
        "\(row.key) or its list was changed by hand, and no date is recorded of what is there now",
        "--resume",
        .rotationDrift)
    }
    if row.isDue, let rotated = row.rotated, let maximumAge = row.maximumAge {
      let asked = row.declaredAt.map { "; \($0.lineDescription) asks for \(days(maximumAge))" } ?? ""
      add("\(row.key) is \(days(row.now - rotated)) days old\(asked)", nil)
    }
    if row.accepted.contains(where: { $0.map { $0 <= row.now } ?? false }) {
      add("a previous key of \(row.key) is past its date and still accepted", "--retire")
    }
    if let published = row.published, row.phase == .staged, row.now - published > forgotten {
      add("a next key of \(row.key) was prepared \(days(row.now - published)) days ago", "--promote")
    }
    return findings
  }

  private static func days(_ duration: Duration) -> Int64 { duration.components.seconds / 86_400 }
}
