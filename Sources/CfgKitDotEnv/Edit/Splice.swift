/// One replacement of bytes of a document; the bytes around it stay as they are.
struct Splice {
  var range: Range<Int>
  var write: (inout TextBuilder) -> Void

  init(_ range: Range<Int>, write: @escaping (inout TextBuilder) -> Void) {
    self.range = range
    self.write = write
  }

  init(removing range: Range<Int>) {
    self.init(range) { _ in }
  }
}

extension Document {
  /// The document with `splices` applied, which are in order and do not overlap.
  func applying(_ splices: [Splice]) -> Document {
    var text = TextBuilder()
    var place = 0
    for splice in splices {
      text.append(place..<splice.range.lowerBound, of: view)
      splice.write(&text)
      place = splice.range.upperBound
    }
    text.append(place..<byteCount, of: view)
    return Document(text.storage(), limits: limits)
  }

  /// How the file ends its lines: as the first one; LF in a file without line ends.
  var lineEnd: LineEnd {
    guard let first = index.lines.first, Int(first.end) < byteCount || index.lines.count > 1 else {
      return .lineFeed
    }
    let end = view.firstLineEnd
    guard end < byteCount, view[end] == Byte.carriageReturn else { return .lineFeed }
    return end + 1 < byteCount && view[end + 1] == Byte.lineFeed
      ? .carriageReturnLineFeed : .carriageReturn
  }

  /// The bytes of a line with its line end.
  func fullRange(ofLine place: Int) -> Range<Int> {
    let end = place + 1 < index.lines.count ? Int(index.lines[place + 1].start) : byteCount
    return Int(index.lines[place].start)..<end
  }

  /// Whether the last line has no line end.
  var endsInOpenLine: Bool {
    guard let last = index.lines.indices.last else { return false }
    let range = fullRange(ofLine: last)
    return !range.isEmpty && Int(index.lines[last].end) == byteCount
  }
}

extension ByteView {
  fileprivate var firstLineEnd: Int {
    min(first(Byte.lineFeed, from: 0, to: count), first(Byte.carriageReturn, from: 0, to: count))
  }
}
