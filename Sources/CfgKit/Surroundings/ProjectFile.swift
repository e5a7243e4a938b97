import SystemPackage

/// A file of a project that is no `.env`: a manifest, an ignore file, source text, git's index. It holds no secrets, so it is read
/// into plain memory.
enum ProjectFile {
  /// More than this is no text that people write.
  static let limit = 1 << 20

  /// The text; nil if it is absent, larger than the limit, or not a regular file: then it says nothing.
  static func text(at path: FilePath) -> String? {
    bytes(at: path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes; nil if the file is absent, larger than the limit, or not a regular file. Never waits for the writer of a FIFO.
  static func bytes(at path: FilePath, limit: Int) -> [UInt8]? {
    guard let status = try? path.stat(), status.type == .regular, status.size <= limit,
      let file = try? FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    else { return nil }
    defer { try? file.close() }
    // One byte more than expected shows that the file has grown; files of `/proc` do not know their size.
    var bytes = [UInt8](repeating: 0, count: min(max(Int(status.size), 4_095), limit) + 1)
    var used = 0
    while true {
      let start = used
      let count = unsafe bytes.withUnsafeMutableBytes { room in
        unsafe try? file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[start...]))
      }
      guard let count else { return nil }
      used += count
      if used > limit { return nil }
      if count == 0 {
        bytes.removeLast(bytes.count - used)
        return bytes
      }
      if used == bytes.count { bytes += repeatElement(0, count: min(used, limit + 1 - used)) }
    }
  }

  /// The lines of a text, without their ends.
  static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}
