import CfgKit

/// The last line of a text report: `5 errors, 4 warnings in .env (11 lines, 9 keys); 3 go with: cfgkit validate --fix`.
enum ReportSummary {
  static func line(_ report: Report) -> String {
    let counts = [(Severity.error, "error"), (.warning, "warning"), (.info, "note")].compactMap {
      severity, noun in
      let count = report.count(severity)
      return count == 0 ? nil : counted(count, noun)
    }
    let files = report.sources.filter { $0.kind == "file" }
    var line = counts.joined(separator: ", ")
    if let file = files.first, files.count == 1, let path = file.path {
      line +=
        " in \(Printable.text(path)) (\(counted(file.lineCount, "line")), \(counted(file.keyCount, "key")))"
    } else if !files.isEmpty {
      line += " in " + files.compactMap(\.path).map(Printable.text).joined(separator: ", ")
    }
    let fixable = report.fixableCount
    if fixable > 0 {
      let open = report.findings.first { $0.rule.id == "unterminated-quote" }?.location?.line
      line += open.map { "; once line \($0) is closed, " } ?? "; "
      line += "\(fixable) \(fixable == 1 ? "goes" : "go") with: cfgkit validate --fix"
    }
    return line
  }
}
