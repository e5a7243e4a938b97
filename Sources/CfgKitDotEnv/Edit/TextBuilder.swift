/// The bytes of an edited document, made in memory of a storage that is wiped like every other.
struct TextBuilder {
  private let scratch = ScratchBuffer()

  var byteCount: Int { scratch.count }

  mutating func append(_ byte: UInt8) { scratch.append(byte) }

  mutating func append(_ range: Range<Int>, of view: ByteView) {
    scratch.append(range, of: view)
  }

  mutating func append(_ text: some StringProtocol) {
    for byte in text.utf8 { scratch.append(byte) }
  }

  mutating func append(_ end: LineEnd) {
    if end != .lineFeed { scratch.append(Byte.carriageReturn) }
    if end != .carriageReturn { scratch.append(Byte.lineFeed) }
  }

  /// The storage of what was written.
  consuming func storage() -> DocumentStorage {
    DocumentStorage(byteCount: scratch.count) { span in
      unsafe span.withUnsafeMutableBytes { target in unsafe scratch.copy(to: target) }
      return scratch.count
    }
  }
}

/// How a file ends its lines.
enum LineEnd {
  case lineFeed
  case carriageReturnLineFeed
  case carriageReturn
}
