import CfgKitSecrets

/// Whether a list of previous secrets has an empty element, or holds one that is no secret.
struct FallbackListCheck: Check {
  let rules: [Rule] = [.fallbackFormat, .fallbackInvalid]

  func findings(in project: CheckedProject) -> [Finding] {
    project.declaredKeys.flatMap { key -> [Finding] in
      guard let rotation = key.declaration?.rotation, let name = rotation.fallbackKey, name != key.key,
        let list = project.resolution[name], let winner = list.winner, !winner.value.isEmpty
      else { return [] }
      switch rotation.fallbackFormat {
      case .csv: return findings(Self.elements(of: winner.value, .csv), in: winner, of: name, for: key)
      case .json: return findings(Self.elements(of: winner.value, .json), in: winner, of: name, for: key)
      // Numbered variables and key sets are not lists of one value.
      case .authjs, .versioned, .jwks: return []
      }
    }
  }

  /// The elements of a list, empty ones too; nil if the value is no list.
  static func elements(of value: LayerValue, _ format: FallbackList.Format) -> [Secret]? {
    guard let secret = try? value.guarded else { return nil }
    guard format == .csv else {
      let count = secret.withBytes { bytes in
        var reader = StringArrayReader()
        return reader.countElements(bytes)
      }
      guard let count, let known = try? FallbackList(format: .json).elements(of: secret),
        let empty = try? Secret(copying: "")
      else { return nil }
      return known + Array(repeating: empty, count: count - known.count)
    }
    var elements: [Secret] = []
    secret.withBytes { bytes in
      ListElements(separator: ",").forEach(in: bytes) { range in
        if let element = try? Secret(copying: bytes.extracting(range)) { elements.append(element) }
      }
    }
    return elements
  }

  private func findings(
    _ elements: [Secret]?, in list: Resolution.Candidate, of name: String, for key: Resolution.ResolvedKey
  ) -> [Finding] {
    guard let elements else {
      return [
        Finding(
          .fallbackFormat, key: name,
          "\(name) is not a JSON list: its single characters, or nothing, become signing keys",
          at: list.origin.location, fix: .manual("write a list of texts: [\"…\", \"…\"]"))
      ]
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
    for (index, element) in elements.enumerated() where !element.isEmpty {
      let isRefused = element.withBytes { Self.isRefused($0, key.declaration) }
      let isCurrent = (try? key.winner?.value.guarded).map { $0.map(element.matches) ?? false } ?? false
      guard isRefused || isCurrent else { continue }
      findings.append(
        Finding(
          .fallbackInvalid, key: name,
          isRefused
            ? "\(name) still accepts a key that is short or published (element \(index + 1))"
            : "\(name) holds the current \(key.key), which is accepted anyway",
          at: list.origin.location, fix: retire))
    }
    return findings
  }

  private static func isRefused(_ bytes: borrowing RawSpan, _ declaration: KeyDeclaration?) -> Bool {
    let policy = declaration?.strength.map { StrengthPolicy(minimumBits: $0) } ?? .key
    return StrengthEstimator(policy: policy).estimate(bytes).weakness != nil
  }
}

extension Rule {
  static let fallbackFormat = Rule(
    "fallback-format", 209, "a list of previous secrets with an empty element",
    why:
      "Code that splits without a filter takes the empty text as a key, and a cookie signed with it logs in.",
    example: "SECRET_KEY_FALLBACKS=first-old-key,",
    fix: "Remove the extra comma; an empty list is no line at all.",
    source: "flask.palletsprojects.com/en/stable/config/#SECRET_KEY_FALLBACKS")
  static let fallbackInvalid = Rule(
    "fallback-invalid", 210, "a previous secret that must not be accepted any more",
    why: "A sample or a weak key stays good for forging for as long as it is accepted.",
    example: "SECRET_KEY_FALLBACKS=your-secret-key-here",
    fix: "Drop it: cfgkit rotate-secret KEY --retire --grace 0.",
    source: "cfgkit rotation")
}
