#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Compiled together with the sources of CfgKitDotEnv: Scripts/fuzz says how. What must hold for every sequence of bytes.

/// Called by libFuzzer for every input it tries.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let document = Document(bytes)
  demand(document.bytes == bytes, "the bytes are kept")
  checkLines(document, bytes)
  for mode in [ReadingMode.strict, .compatible] { checkReading(document.read(mode), of: document) }
  checkEdits(document)
  return 0
}

/// Ends the process, so that the input is kept; says what did not hold, never for which value.
private func demand(_ holds: Bool, _ property: StaticString) {
  if !holds { fatalError("does not hold: \(property)") }
}

/// The ranges are in order, apart, and the whole file.
private func checkLines(_ document: Document, _ bytes: [UInt8]) {
  guard document.fileError == nil else { return demand(document.lines.isEmpty, "no lines without a text") }
  var end = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  var number = 1
  for line in document.lines {
    demand(line.fullRange.lowerBound == end, "lines follow each other")
    demand(line.range.upperBound <= line.fullRange.upperBound, "a line is before its end")
    demand(line.number >= number, "line numbers grow")
    (end, number) = (line.fullRange.upperBound, line.number + 1)
  }
  demand(end == bytes.count, "lines are the whole file")
  for entry in document.entries {
    let line = document.lines[document.lineIndex(of: entry)]
    demand(line.range.lowerBound <= entry.keyRange.lowerBound, "a key is in its line")
    demand(entry.keyRange.upperBound < entry.valueRange.lowerBound, "a value is behind its key")
    demand(entry.valueRange.upperBound <= line.range.upperBound, "a value is in its line")
    demand(document.position(at: entry.keyRange.lowerBound).line == line.number, "a key is on its line")
  }
}

private func checkReading(_ reading: Reading, of document: Document) {
  let diagnostics = reading.diagnostics
  let isError = diagnostics.contains { $0.severity == .error }
  demand(reading.hasErrors == isError || reading.uncountedDiagnostics > 0, "errors are told")
  demand((reading.values == nil) == reading.hasErrors, "no values beside errors")
  for (left, right) in zip(diagnostics, diagnostics.dropFirst()) {
    demand(left.position <= right.position, "diagnostics are in order")
  }
  for diagnostic in diagnostics {
    demand(diagnostic.range.upperBound <= document.byteCount, "diagnostics are in the file")
  }
  for (key, value) in reading.values ?? [:] {
    demand(reading.value(for: key) == value, "a key has one value")
    demand(document.lastEntry(for: key).map(reading.hasValue) == true, "a value has its entry")
  }
}

/// Setting and removing change their key alone, and doing either again changes nothing.
private func checkEdits(_ document: Document) {
  let old = values(document)
  for (key, value) in [("A", "x y"), ("NEW", "it's\n$x"), ("B", "\\")] {
    var edited = document
    guard (try? edited.set(key, to: value)) != nil else {
      demand(edited.bytes == document.bytes, "a refused edit changes nothing")
      continue
    }
    var expected = old.filter { $0.0 != key }
    demand(values(edited).filter { $0.0 != key } == expected, "neighbours keep their values")
    let once = edited.bytes
    demand((try? edited.set(key, to: value)) != nil && edited.bytes == once, "setting is idempotent")
    guard (try? edited.remove(key)) != nil else {
      // What is behind the key may not become the file's byte order mark, for one.
      demand(edited.bytes == once, "a refused removal changes nothing")
      continue
    }
    expected = values(edited)
    demand(!expected.contains { $0.0 == key }, "what was removed is gone")
    demand(expected == old.filter { $0.0 != key }, "removing keeps the neighbours")
  }
}

/// Every entry's key and the bytes of its value as written.
private func values(_ document: Document) -> [(String, [UInt8])] {
  let bytes = document.bytes
  return document.entries.map { (document.key(of: $0), Array(bytes[$0.valueRange])) }
}

private func == (left: [(String, [UInt8])], right: [(String, [UInt8])]) -> Bool {
  left.elementsEqual(right, by: ==)
}
