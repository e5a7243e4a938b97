import CfgKitDotEnv
import SystemPackage

/// What `validate --fix` mends: fixes that change spelling or a file's mode, never meaning (cli.md §5).
package struct SafeFixes: Sendable {
  /// The findings that are mended.
  package let findings: [Finding]
  private let files: [SourceFile]

  /// The safe fixes of a report.
  package init(of report: Report, in project: Project) {
    findings = report.findings.filter { $0.fix?.isSafe == true }
    files = project.files
  }

  /// Mends them, each file's spelling and mode in one write. Throws the store's error; a file is then as it was.
  package func apply() throws {
    for file in files where file.path != "-" {
      let (edits, makesPrivate) = (edits(in: file), needsMode(file))
      if edits.isEmpty, !makesPrivate { continue }
      try FileStore(file.path).update(makesPrivate: makesPrivate) { document in
        // Places count for the bytes that were checked; another writer's file is left alone and checked anew next time.
        guard document.hasSameBytes(as: file.document) else { return }
        document = Self.applying(edits, to: document)
      }
    }
  }

  private func edits(in file: SourceFile) -> [Fix.Edit] {
    findings.flatMap { finding in
      guard case .edit(let edits)? = finding.fix?.kind else { return [Fix.Edit]() }
      return edits.filter { $0.location.path == file.shownPath }
    }
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

  /// Where lines begin; LF, CRLF and CR each end one (dotenv.md).
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
    findings.contains { $0.rule.id == "file-mode" && $0.location?.path == file.shownPath }
  }
}
