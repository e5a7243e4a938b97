import CfgKitSecrets

/// Whether a list of previous secrets is one for its reader, and holds no element that must not be accepted.
struct FallbackListCheck: Check {
  let rules: [Rule] = [.fallbackFormat, .fallbackInvalid]

  func findings(in project: CheckedProject) -> [Finding] {
    project.declaredKeys.flatMap { key -> [Finding] in
      guard let rotation = key.declaration?.rotation, let name = rotation.fallbackKey,
        let format = FallbackList.Format(rotation.fallbackFormat),
        let list = project.resolution[name], let winner = list.winner, !winner.value.isEmpty
      else { return [] }
      return findings(in: winner, of: list.key, for: key, format, rotation, project)
    }
  }

  private func findings(
    in list: Resolution.Candidate, of name: String, for key: Resolution.ResolvedKey,
    _ format: FallbackList.Format, _ rotation: RotationPolicy, _ project: CheckedProject
  ) -> [Finding] {
    guard let value = try? list.value.guarded else { return [] }
    guard let elements = try? FallbackList(format: format).allElements(of: value) else {
      return [Self.malformed(name, format, at: list.origin.location)]
    }
    var findings: [Finding] = []
    if elements.contains(where: \.isEmpty) {
      findings.append(
        Finding(
          .fallbackFormat, key: name,
          "\(name) has an empty element: the empty text becomes a key that signs in anyone",
          at: list.origin.location,
          fix: .manual("remove the extra comma, or the whole line if nothing is left")))
    }
    let retire = Fix.command("cfgkit", "rotate-secret", key.key, "--retire", "--grace", "0")
    // A list in the key itself has the current key at one end.
    let signing = name == key.key ? rotation.signingIndex(amongOwn: elements.count) : nil
    for (index, element) in elements.enumerated() where !element.isEmpty && index != signing {
      if element.withBytes({ Self.isRefused($0, key.declaration) }) {
        findings.append(
          Finding(
            .fallbackInvalid, key: name,
            "\(name) still accepts a key that is short or published (element \(index + 1))",
            at: list.origin.location, fix: retire))
      }
    }
    let current = signing.map { elements[$0] } ?? key.winner.flatMap { try? $0.value.guarded }
    let copies = elements.indices.filter { $0 != signing }.map { elements[$0] }
    if let current, copies.contains(where: { !$0.isEmpty && $0.matches(current) }) {
      findings.append(
        Finding(
          .fallbackInvalid, key: name, "\(name) holds the current \(key.key), which is accepted anyway",
          at: list.origin.location, fix: Self.withoutCopies(of: key.key, project)))
    }
    return findings
  }

  /// The other keys of the list stay. A rotation that has begun would be taken further.
  private static func withoutCopies(of key: String, _ project: CheckedProject) -> Fix {
    let ring = try? RotationOverview(of: [key], in: project.project).rows.first
    guard let ring, [.steady, .grace].contains(ring.phase) else {
      return .manual("take that key out of the list, and leave the others in it")
    }
    return .command("cfgkit", "rotate-secret", key, "--resume")
  }

  private static func malformed(_ name: String, _ format: FallbackList.Format, at place: Location?) -> Finding
  {
    switch format {
    case .json:
      Finding(
        .fallbackFormat, key: name,
        "\(name) is a text and no JSON list: every character of it becomes a key that signs in anyone",
        at: place,
        fix: .manual(#"write it as ["key","key"], in single quotes"#))
    case .csv:
      Finding(
        .fallbackFormat, key: name,
        "\(name) is a JSON list, and its reader splits at commas: brackets and quotes become part of the keys",
        at: place,
        fix: .manual("separate the keys with commas and nothing else, or declare fallback-format=json"))
    }
  }

  private static func isRefused(_ bytes: borrowing RawSpan, _ declaration: KeyDeclaration?) -> Bool {
    let policy = declaration?.strength.map { StrengthPolicy(minimumBits: $0) } ?? .key
    return StrengthEstimator(policy: policy).estimate(bytes).weakness != nil
  }
}

extension Rule {
  static let fallbackFormat = Rule(
    "fallback-format", 209, "a list of previous secrets that is none for its reader",
    why:
      "Code that splits without a filter takes the empty text as a key, and a cookie signed with it logs in; Flask makes a key of"
      + " every character of a text.",
    example: "SECRET_KEY_FALLBACKS=first-old-key,",
    fix: "Remove the extra comma, or write the list that the reader wants; an empty list is no line at all.",
    source: "flask.palletsprojects.com/en/stable/config/#SECRET_KEY_FALLBACKS")
  static let fallbackInvalid = Rule(
    "fallback-invalid", 210, "a previous secret that must not be accepted any more",
    why: "A sample or a weak key stays good for forging for as long as it is accepted.",
    example: "SECRET_KEY_FALLBACKS=your-secret-key-here",
    fix: "Drop it: cfgkit rotate-secret KEY --retire --grace 0.",
    source: "cfgkit's key ring (rotation)")
}
