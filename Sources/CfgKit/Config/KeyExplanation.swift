import CfgKitDotEnv
import CfgKitSecrets

/// The page of `cfgkit explain`: what a key has to be, and what every layer says of it.
package struct KeyExplanation {
  private struct Layer {
    let place: String
    let isSet: Bool
    let verdict: String
  }

  private let key: String
  private let traits: [String]
  private let declaredAt: String?
  private let summary: String
  private let layers: [Layer]
  private let rotation: String?
  private let findings: [Finding]

  /// Explains a resolved key; `report` is the validation of this key.
  package init(_ resolved: Resolution.ResolvedKey, in project: Project, _ report: Report) {
    key = project.shownName(of: resolved.key)
    let declaration = resolved.declaration
    traits = Self.traits(resolved, in: project)
    declaredAt = declaration?.location?.lineDescription
    summary = declaration?.summary ?? ""
    findings = report.findings
    rotation = declaration.flatMap { Self.rotation($0, in: project) }
    layers = Self.layers(resolved, in: project, report)
  }

  /// Lines for people.
  package var text: String {
    var text = "\(Printable.text(key))  \(traits.joined(separator: ", "))"
    text += declaredAt.map { "    \(Printable.text($0))" } ?? ""
    text += "\n"
    if !summary.isEmpty {
      text += summary.split(separator: "\n").map { "  \(Printable.text(String($0)))\n" }.joined()
    }
    text += Table.text(
      layers.map { ["  " + Printable.text($0.place), $0.isSet ? "set" : "", Printable.text($0.verdict)] })
    text += rotation.map { "  \($0)\n" } ?? ""
    for finding in findings where finding.severity != .info {
      text += "  \(finding.severity.rawValue): \(Printable.text(finding.message)) [\(finding.rule.id)]\n"
    }
    return text
  }

  /// The same for programs.
  package var json: JSON {
    .object([
      ("schemaVersion", .integer(1)), ("key", .string(key)), ("traits", .array(traits.map { .string($0) })),
      ("declaredAt", declaredAt.map { .string($0) } ?? .null),
      (
        "layers",
        .array(
          layers.map {
            .object([
              ("origin", .string($0.place)), ("set", .bool($0.isSet)), ("verdict", .string($0.verdict)),
            ])
          })
      ),
      ("rotation", rotation.map { .string($0) } ?? .null),
      ("findings", .array(findings.map { .string($0.rule.id) })),
    ])
  }

  private static func traits(_ resolved: Resolution.ResolvedKey, in project: Project) -> [String] {
    guard let declaration = resolved.declaration else {
      return ["not in the schema"] + (resolved.isSensitive ? ["secret by its name"] : [])
    }
    var traits = [declaration.type.name]
    if case .enumeration(let words) = declaration.type { traits = ["one of \(words.joined(separator: " "))"] }
    if declaration.isSensitive {
      traits.append(declaration.isSensitivityInferred ? "secret by its name" : "secret")
    }
    switch declaration.requirement {
    case .always: traits.append("required")
    case .never: traits.append("optional")
    default:
      traits.append(
        "required \(declaration.requirement.reason)"
          + (project.holds(declaration.requirement) ? ", as here" : ""))
    }
    if case .string(let shape) = declaration.type, let length = shape.minLength {
      traits.append("\(length) characters")
    }
    if let bits = declaration.strength { traits.append("\(bits) bits") }
    if declaration.isManaged { traits.append("written by cfgkit") }
    return traits
  }

  private static func layers(
    _ resolved: Resolution.ResolvedKey, in project: Project, _ report: Report
  ) -> [Layer] {
    let values = [resolved.winner].compactMap(\.self) + resolved.losers
    let candidates = values.map(\.origin)
    let winner = resolved.winner?.origin
    let problem = report.findings.first { $0.severity == .error }.map { "; \($0.rule.id)" } ?? ""
    func verdict(_ origin: Origin) -> String {
      let value = values.first { candidate in candidate.origin == origin }
      let strength = value.flatMap { strengthOf($0.value, resolved.declaration) }
      if origin == winner { return "used" + (problem.isEmpty ? strength.map { "; \($0)" } ?? "" : problem) }
      let hidden =
        "hidden by " + (winner == .environment ? "the environment" : winner?.description ?? "nothing")
      return hidden + (strength.map { $0 == "strong enough" ? "" : "; also \($0)" } ?? "")
    }
    var layers = [
      candidates.contains(.environment)
        ? Layer(place: "environment", isSet: true, verdict: verdict(.environment))
        : Layer(place: "environment", isSet: false, verdict: "not set")
    ]
    for file in project.files.reversed() {
      let origin = candidates.first { $0.location?.path == file.shownPath && isFile($0) }
      let broken = file.lastEntry(for: resolved.key).map { !file.reading.hasValue($0) } ?? false
      if let origin {
        layers.append(Layer(place: origin.description, isSet: true, verdict: verdict(origin)))
      } else {
        layers.append(
          Layer(place: file.shownPath, isSet: false, verdict: broken ? "cannot be read" : "not set"))
      }
    }
    guard let declaration = resolved.declaration else { return layers }
    let place = declaration.location?.lineDescription ?? "schema"
    if let origin = candidates.first(where: { if case .schema = $0 { true } else { false } }) {
      layers.append(Layer(place: place, isSet: true, verdict: verdict(origin)))
    } else {
      layers.append(
        Layer(
          place: place, isSet: false,
          verdict: declaration.isResolvedElsewhere ? "resolved by another tool" : "no default"))
    }
    return layers
  }

  /// Whether a secret is strong enough, in words; nil where nothing is asked of it.
  private static func strengthOf(_ value: LayerValue, _ declaration: KeyDeclaration?) -> String? {
    guard case .secret(let secret) = value, let bits = declaration?.strength else { return nil }
    let estimator = StrengthEstimator(policy: StrengthPolicy(minimumBits: bits))
    let words = (SecretStrengthCheck.elements(of: value, declaration) ?? [secret]).map { part -> String in
      let estimate = estimator.estimate(of: part)
      switch estimate.weakness {
      case .placeholder: return "a placeholder"
      case .known: return "a published key"
      case nil where estimate.verdict != .reject: return "strong enough"
      default: return "too weak"
      }
    }
    return words.first { $0 != "strong enough" } ?? words.first
  }

  private static func isFile(_ origin: Origin) -> Bool { if case .file = origin { true } else { false } }

  private static func rotation(_ declaration: KeyDeclaration, in project: Project) -> String? {
    guard let policy = declaration.rotation else { return nil }
    var parts: [String] = []
    if let age = policy.maximumAge { parts.append("rotate every \(age.components.seconds / 86_400) days") }
    if let fallback = policy.fallbackKey { parts.append("previous keys in \(fallback)") }
    let overview = try? RotationOverview(of: [declaration.key], in: project)
    if let rotated = overview?.rows.first?.rotated {
      parts.insert("last \(rotated.date)", at: min(1, parts.count))
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
