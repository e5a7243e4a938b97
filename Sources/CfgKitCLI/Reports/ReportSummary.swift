import CfgKit

/// The last line of a text report: `5 errors, 4 warnings in .env (11 lines, 9 keys); 3 go with: cfgkit validate --fix`.
enum ReportSummary {
  /// - Parameters:
  ///   - place: what stands behind the counts; by default the files, with their lines and keys.
  ///   - fixing: how safe fixes are made.
  static func line(_ report: Report, place: String? = nil, fixing: String = "validate --fix") -> String {
    let counts = [(Severity.error, "error"), (.warning, "warning"), (.info, "note")].compactMap {
      severity, noun in
      let count = report.count(severity)
      return count == 0 ? nil : counted(count, noun)
    }
    var line = counts.joined(separator: ", ") + (place ?? Self.place(report))
    let fixable = report.fixableCount
    if fixable > 0 {
      let open = report.findings.first { $0.rule.id == "unterminated-quote" }?.location?.line
      line += open.map { "; once line \($0) is closed, " } ?? "; "
      let store = report.sources.first { $0.kind == "store" }?.path.map { "--store \($0) " }
      line += "\(fixable) \(fixable == 1 ? "goes" : "go") with: cfgkit \(store ?? "")\(fixing)"
    }
    return line
  }

  private static func place(_ report: Report) -> String {
    let files = report.sources.filter(\.isDocument)
    if let file = files.first, files.count == 1, let path = file.path {
      return
        " in \(Printable.text(path)) (\(counted(file.lineCount, "line")), \(counted(file.keyCount, "key")))"
    }
    return files.isEmpty ? "" : " in " + files.compactMap(\.path).map(Printable.text).joined(separator: ", ")
  }
}
