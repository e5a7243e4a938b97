#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output or standard error, written without buffering.
struct StandardStream: Sendable {
  /// The file descriptor, 1 or 2.
  let descriptor: Int32

  static let output = StandardStream(descriptor: 1)
  static let error = StandardStream(descriptor: 2)

  /// Whether a person is looking at it.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes all bytes, whatever `write(2)` takes at a time; throws 74 when the other end is gone or the disk full.
  func write(_ bytes: borrowing RawSpan) throws(Failure) {
    var offset = 0
    while offset < bytes.byteCount {
      let rest = bytes.extracting(offset..<bytes.byteCount)
      // write(2) reads at most `count` bytes of a span that outlives the call.
      let written = unsafe rest.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          unsafe Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if written > 0 {
        offset += written
      } else if written < 0, errno == EINTR {
        continue
      } else {
        throw Failure(
          .inputOutput, "output-lost", "the output could not be written: nobody reads it, or the disk is full"
        )
      }
    }
  }

  /// Writes text as UTF-8.
  func write(_ text: String) throws(Failure) {
    let bytes = [UInt8](text.utf8)
    try unsafe write(bytes.span.bytes)
  }
}
