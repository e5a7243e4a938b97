import CfgKitSecrets

/// Whether a list of previous secrets has an empty element, or holds one that is no secret.
struct FallbackListCheck: Check {
  let rules: [Rule] = [.fallbackFormat, .fallbackInvalid]

  func findings(in project: CheckedProject) -> [Finding] {
    project.declaredKeys.flatMap { key -> [Finding] in
      guard let rotation = key.declaration?.rotation, rotation.fallbackFormat == .csv,
        let name = rotation.fallbackKey, name != key.key, let list = project.resolution[name],
        let winner = list.winner, !winner.value.isEmpty
      else { return [] }
      return findings(in: winner, of: list.key, for: key, project)
    }
  }

  private func findings(
    in list: Resolution.Candidate, of name: String, for key: Resolution.ResolvedKey, _ project: CheckedProject
  ) -> [Finding] {
    var hasEmpty = false
    var weakPositions: [Int] = []
    var currentPosition: Int?
    list.value.withBytes { bytes in
      var position = 0
      ListElements(separator: ",").forEach(in: bytes) { range in
        position += 1
        if range.isEmpty {
          hasEmpty = true
        } else if Self.isRefused(bytes.extracting(range), key.declaration) {
          weakPositions.append(position)
        } else if Self.isSame(bytes.extracting(range), key.winner?.value) {
          currentPosition = position
        }
      }
    }
    var findings: [Finding] = []
    if hasEmpty {
      findings.append(
        Finding(
          .fallbackFormat, key: name,
          "\(name) has an empty element: the empty text becomes a key that signs in anyone",
          at: list.origin.location,
          fix: .manual("remove the extra comma, or the whole line if nothing is left")))
    }
    let retire = Fix.command("cfgkit", "rotate-secret", key.key, "--retire", "--grace", "0")
    findings += weakPositions.map { position in
      Finding(
        .fallbackInvalid, key: name,
        "\(name) still accepts a key that is short or published (element \(position))",
        at: list.origin.location, fix: retire)
    }
    if currentPosition != nil {
      findings.append(
        Finding(
          .fallbackInvalid, key: name, "\(name) holds the current \(key.key), which is accepted anyway",
          at: list.origin.location, fix: retire))
    }
    return findings
  }

  private static func isRefused(_ bytes: borrowing RawSpan, _ declaration: KeyDeclaration?) -> Bool {
    let policy = declaration?.strength.map { StrengthPolicy(minimumBits: $0) } ?? .key
    return StrengthEstimator(policy: policy).estimate(bytes).weakness != nil
  }

  private static func isSame(_ bytes: borrowing RawSpan, _ value: LayerValue?) -> Bool {
    guard let value, let copy = try? Secret(copying: bytes), let current = try? value.guarded else {
      return false
    }
    return copy.matches(current)
  }
}

extension Rule {
  static let fallbackFormat = Rule(
    "fallback-format", 209, "a list of previous secrets with an empty element",
    why:
      "Code that splits without a filter takes the empty text as a key, and a cookie signed with it logs in.",
    fix: "Remove the extra comma; an empty list is no line at all.")
  static let fallbackInvalid = Rule(
    "fallback-invalid", 210, "a previous secret that must not be accepted any more",
    why: "A sample or a weak key stays good for forging for as long as it is accepted.",
    fix: "Drop it: cfgkit rotate-secret KEY --retire --grace 0.")
}
