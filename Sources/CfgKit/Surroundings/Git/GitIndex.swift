import Synchronization
import SystemPackage

/// What git tracks, read from its index without starting git.
///
/// The format is gitformat-index(5), versions 2 to 4, with SHA-1 or SHA-256. The index is read once for each file name that is asked
/// for, in one pass that keeps nothing else, so that a hundred thousand entries cost a few milliseconds.
final class GitIndex: Sendable {
  private let workTree: FilePath
  private let file: FilePath
  private let known = Mutex<[String: Set<String>]>([:])

  /// The index in a folder of git's, `.git` itself or that of a worktree.
  init(of workTree: FilePath, in gitFolder: FilePath) {
    self.workTree = workTree
    file = gitFolder.appending("index")
  }

  /// Whether the file is tracked; no if there is no index that can be read. `path` is absolute.
  func tracks(_ path: FilePath) -> Bool {
    var relative = path
    guard relative.removePrefix(workTree), let name = relative.lastComponent?.string else { return false }
    return known.withLock { known in
      let paths =
        known[name] ?? Self.paths(named: name, in: ProjectFile.bytes(at: file, limit: 256 << 20) ?? [])
      known[name] = paths
      return paths.contains(relative.string)
    }
  }

  /// The paths of all entries whose last part is `name`; none if the bytes are not an index.
  static func paths(named name: String, in bytes: [UInt8]) -> Set<String> {
    // The index does not say which hash it holds; with the wrong one its entries do not fit.
    for hashLength in [20, 32] {
      if let paths = paths(named: Array(name.utf8), in: bytes, hashLength: hashLength) { return paths }
    }
    return []
  }

  private static func paths(named name: [UInt8], in bytes: [UInt8], hashLength: Int) -> Set<String>? {
    guard bytes.count >= 12, bytes[0..<4].elementsEqual("DIRC".utf8) else { return nil }
    let version = number(bytes, at: 4)
    guard (2...4).contains(version) else { return nil }
    var paths: Set<String> = []
    var offset = 12
    var previous: [UInt8] = []
    for _ in 0..<number(bytes, at: 8) {
      // 10 words of file status, the hash, 2 bytes of flags, 2 more if the extended bit is set.
      let start = offset
      let flags = start + 40 + hashLength
      guard flags + 2 < bytes.count else { return nil }
      offset = flags + (bytes[flags] & 0x40 != 0 ? 4 : 2)
      if version == 4 {
        guard let kept = prefixLength(bytes, at: &offset, of: previous), offset <= bytes.count,
          let end = bytes[offset...].firstIndex(of: 0)
        else { return nil }
        previous.removeLast(previous.count - kept)
        previous += bytes[offset..<end]
        if isPath(previous[...], named: name) { paths.insert(String(decoding: previous, as: UTF8.self)) }
        offset = end + 1
      } else {
        // The low 12 bits are the length of the path; all of them set stand for any longer one.
        let length = Int(bytes[flags] & 0x0F) << 8 | Int(bytes[flags + 1])
        let end = length < 0xFFF ? offset + length : bytes[offset...].firstIndex(of: 0) ?? bytes.count
        guard end < bytes.count, bytes[end] == 0 else { return nil }
        let path = bytes[offset..<end]
        if isPath(path, named: name) { paths.insert(String(decoding: path, as: UTF8.self)) }
        offset = start + (end - start + 8) / 8 * 8
      }
    }
    return paths
  }

  private static func isPath(_ path: ArraySlice<UInt8>, named name: [UInt8]) -> Bool {
    guard path.count >= name.count, path.last == name.last, path.suffix(name.count).elementsEqual(name) else {
      return false
    }
    return path.count == name.count || path[path.endIndex - name.count - 1] == UInt8(ascii: "/")
  }

  /// How much of the previous path stays: its length less a variable-length number (gitformat-index, version 4).
  private static func prefixLength(_ bytes: [UInt8], at offset: inout Int, of previous: [UInt8]) -> Int? {
    var dropped = 0
    for step in 0..<5 {
      guard offset < bytes.count else { return nil }
      let byte = bytes[offset]
      offset += 1
      if step > 0 { dropped += 1 }
      dropped = dropped << 7 | Int(byte & 0x7F)
      if byte & 0x80 == 0 { return dropped <= previous.count ? previous.count - dropped : nil }
    }
    return nil
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
