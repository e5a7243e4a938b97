import CfgKitDotEnv
import CfgKitSecrets

/// What `validate --fix` mends: fixes that change spelling or a file's mode, never meaning.
package struct SafeFixes: Sendable {
  /// The findings that are mended.
  package let findings: [Finding]
  private let files: [SourceFile]
  private let options: Project.Options

  /// The safe fixes of a report.
  package init(of report: Report, in project: Project) {
    // Where a quote is open nobody knows what the lines are; the file's mode is mended there too.
    let closed = Set(project.files.filter { !$0.document.isEditable }.map(\.shownPath))
    findings = report.findings.filter { finding in
      guard finding.fix?.isSafe == true else { return false }
      return finding.rule == .fileMode || finding.location.map { closed.contains($0.path) } != true
    }
    files = project.files
    options = project.options
  }

  /// Mends them, each file's spelling and mode in one write. Throws the store's error or `EditError`; a file is then as it was.
  package func apply() async throws {
    for file in files {
      guard let store = file.store else { continue }
      let (edits, respellings, makesPrivate) = (edits(in: file), respellings(in: file), needsMode(file))
      if edits.isEmpty, respellings.isEmpty, !makesPrivate { continue }
      let mend = { (document: inout Document) in
        // Places count for the bytes that were checked; another writer's file is left alone and checked anew next time.
        guard document.hasSameBytes(as: file.document) else { return }
        document = try respelling(respellings, in: Self.applying(edits, to: document))
      }
      if let file = store as? FileStore {
        try file.update(makesPrivate: makesPrivate, mend)
      } else {
        try await store.update(as: OperationID(), mend)
      }
    }
  }

  private func edits(in file: SourceFile) -> [Fix.Edit] {
    findings.flatMap { finding in
      guard case .edit(let edits)? = finding.fix?.kind else { return [Fix.Edit]() }
      return edits.filter { $0.location.path == file.shownPath }
    }
  }

  /// What is mended by another spelling of the same value: a rule and the key that it is about.
  private struct Respelling: Hashable {
    let rule: String
    let key: String?
  }

  private func respellings(in file: SourceFile) -> Set<Respelling> {
    Set(
      findings.compactMap { finding in
        guard finding.rule.number / 100 == 1, case .command? = finding.fix?.kind,
          finding.location?.path == file.shownPath
        else { return nil }
        return Respelling(rule: finding.rule.id, key: finding.key)
      })
  }

  /// The document with the fix-its of these warnings carried out.
  private func respelling(_ wanted: Set<Respelling>, in document: Document) throws -> Document {
    if wanted.isEmpty { return document }
    let reading = document.read(
      options.isCompatible ? .compatible : .strict, environment: options.environment)
    return try document.applying(
      reading.diagnostics.filter { diagnostic in
        let key = diagnostic.entryIndex.map { document.key(of: document.entries[$0]) }
        return wanted.contains(Respelling(rule: diagnostic.id.rawValue, key: key))
      })
  }

  /// The document with every edit made. Edits of one report never overlap: an entry has one of each.
  static func applying(_ edits: [Fix.Edit], to document: Document) -> Document {
    let starts = document.withBytes { lineStarts(in: $0) }
    let changes = edits.compactMap { edit -> (range: Range<Int>, text: String)? in
      guard let line = edit.location.line, let column = edit.location.column,
        let endLine = edit.location.endLine,
        let endColumn = edit.location.endColumn, starts.indices.contains(line - 1),
        starts.indices.contains(endLine - 1)
      else { return nil }
      let range = (starts[line - 1] + column - 1, starts[endLine - 1] + endColumn - 1)
      guard range.0 <= range.1, range.1 <= document.byteCount else { return nil }
      return (range.0..<range.1, edit.text)
    }
    return document.replacing(changes.sorted { $0.range.lowerBound < $1.range.lowerBound })
  }

  /// Where lines begin; LF, CRLF and CR each end one.
  private static func lineStarts(in bytes: borrowing RawSpan) -> [Int] {
    var starts = [0]
    for index in 0..<bytes.byteCount {
      let byte = bytes[octet: index]
      let isEnd =
        byte == UInt8(ascii: "\n")
        || (byte == UInt8(ascii: "\r")
          && (index + 1 == bytes.byteCount || bytes[octet: index + 1] != UInt8(ascii: "\n")))
      if isEnd { starts.append(index + 1) }
    }
    return starts
  }

  private func needsMode(_ file: SourceFile) -> Bool {
    findings.contains { $0.rule == .fileMode && $0.location?.path == file.shownPath }
  }
}
