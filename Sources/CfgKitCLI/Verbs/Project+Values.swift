import CfgKit
import CfgKitDotEnv
import SystemPackage

extension Project {
  /// Fails with 65 if a file has an error: then none of its values can be relied on.
  func requireReadable(_ console: Console, way: String? = nil) throws {
    guard files.contains(where: \.reading.hasErrors) else { return }
    let errors = validate().findings.filter { $0.rule.number / 100 == 1 && $0.severity == .error }
    console.say(FindingText(style: console.errorStyle, files: files).text(errors))
    let way = way ?? "see: \(Fix.call(options.commandFlags)) validate"
    throw Failure(.unreadable, "syntax", "the file has errors, so it has no values; \(way)")
  }

  /// Fails with 78 if the schema is not valid: nobody knows then what a key should be, or how it rotates.
  func requireValidSchema(_ console: Console) throws {
    let errors = schema.problems.filter { $0.severity == .error }
    guard !errors.isEmpty else { return }
    console.say(FindingText(style: console.errorStyle, files: files).text(errors))
    throw Failure(
      .invalidSchema, "schema-invalid",
      "\(shownSchemaPath ?? "the schema") is not valid, and nothing was done; correct it, and see: cfgkit validate"
    )
  }

  /// Fails with 65 if a file is no `.env` at all, so that not even its keys are known; says so beside the answer if only some
  /// of it cannot be read.
  func requireListable(_ report: Report, _ console: Console) throws {
    if report.hasFileError { try requireReadable(console) }
    for file in files where file.reading.hasErrors {
      console.note(
        "note: \(file.shownPath) has errors, so keys may be missing here; see: \(Fix.call(options.commandFlags)) validate"
      )
    }
  }

  /// Fails with 65 if a file has an error that formatting must not guess about.
  func requireFormattable(_ console: Console) throws {
    try requireReadable(
      console,
      way: options.isCompatible
        ? "correct it first" : "correct it, or take the compatible reading with --compat")
  }

  /// Every key that has a value, in alphabetical order.
  func exportedValues(matching pattern: KeyPattern) -> [ExportFormat.Exported] {
    resolution.keys.filter(pattern.matches).sorted().compactMap { key in
      guard let resolved = resolution[key], let winner = resolved.winner else { return nil }
      return ExportFormat.Exported(key: key, value: winner.value, isSensitive: resolved.isSensitive)
    }
  }

  /// A name for Kubernetes: the project's folder, as RFC 1123 labels are spelled.
  var objectName: String {
    let folder = root.lastComponent?.string.lowercased() ?? ""
    let label = folder.unicodeScalars.map { scalar in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? String(scalar) : "-"
    }.joined()
    let trimmed = label.drop { $0 == "-" }.prefix(63)
    let end = trimmed.lastIndex { $0 != "-" }
    return end.map { String(trimmed[...$0]) } ?? "app"
  }

  /// The places where values were looked for.
  var lookedIn: String { (["environment"] + triedPaths).joined(separator: ", ") }
}
