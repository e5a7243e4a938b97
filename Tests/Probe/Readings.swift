import CfgKitDotEnv

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Prints what both readings make of a file, and which dialects are foretold to read it otherwise, as a line of JSON.
struct Readings {
  private let document: Document

  init?(path: String) {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    document = Document(
      DocumentStorage(byteCount: size) { span in
        span.withUnsafeMutableBytes { fread($0.baseAddress, 1, size, file) }
      })
  }

  var json: String {
    """
    {"strict": \(reading(.strict)), "compatible": \(reading(.compatible)), "mended": \(mended), "formatted": \(formatted), \
    "otherwise": \(otherwise)}
    """
  }

  private func reading(_ mode: ReadingMode) -> String {
    let reading = document.read(mode, environment: ProcessVariables())
    let diagnostics = reading.diagnostics.map { diagnostic in
      let severity = diagnostic.severity == .error ? "E" : "W"
      let fixIt = diagnostic.fixIt.map { "\"\($0.kind)\"" } ?? "null"
      return """
        ["\(diagnostic.id.rawValue)", "\(severity)", \(diagnostic.position.line), \(diagnostic.position.column), \(fixIt)]
        """
    }
    return "{\"values\": \(values(reading)), \"diagnostics\": [\(diagnostics.joined(separator: ", "))]}"
  }

  /// Every key with its value in hexadecimal, or null for a file in error.
  private func values(_ reading: Reading) -> String {
    guard let values = reading.values else { return "null" }
    return "{" + values.map { "\"\($0)\": \"\(hexadecimal($1.utf8))\"" }.joined(separator: ", ") + "}"
  }

  /// What the strict reading makes of the mended file.
  private var mended: String {
    let mended = try? document.mended(environment: ProcessVariables())
    return mended.map { values($0.read(.strict, environment: ProcessVariables())) } ?? "null"
  }

  /// The bytes of the formatted file.
  private var formatted: String {
    let formatted = try? document.formatted(environment: ProcessVariables())
    return formatted.map { "\"\(hexadecimal($0.0.bytes))\"" } ?? "null"
  }

  /// Per dialect what in the file it reads otherwise than the compatible reading.
  private var otherwise: String {
    let all = Dialect.allCases.map { dialect in
      let reading = document.read(.compatible, environment: ProcessVariables(), dialects: [dialect])
      let found = reading.diagnostics.flatMap(\.disagreements).map { "\"\($0.construct): \($0.effect)\"" }
      return "\"\(dialect.rawValue)\": [\(found.joined(separator: ", "))]"
    }
    return "{\(all.joined(separator: ", "))}"
  }

  private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// The variables of this process whose names begin with `CK_`.
private struct ProcessVariables: VariableLookup {
  func withVariable(_ name: String, _ body: (borrowing RawSpan) -> Void) -> Bool {
    guard name.hasPrefix("CK_"), let value = getenv(name) else { return false }
    let bytes = UnsafeRawBufferPointer(start: value, count: strlen(value))
    body(bytes.bytes)
    return true
  }
}
