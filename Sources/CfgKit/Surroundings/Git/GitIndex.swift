package import SystemPackage

/// What git tracks, read from its index without starting git.
///
/// The format is gitformat-index(5), versions 2 to 4.
package struct GitIndex: Sendable {
  /// The folder in which `.git` lies.
  package let workTree: FilePath
  private let names: Set<String>

  /// The index of the work tree that holds `directory`; nil outside of one, or if it has no index that can be read.
  package init?(around directory: FilePath) {
    guard let (workTree, gitFolder) = Self.place(around: directory),
      let bytes = Self.bytes(of: gitFolder.appending("index")), let names = Self.names(in: bytes)
    else { return nil }
    self.workTree = workTree
    self.names = names
  }

  /// The work tree that holds `directory`, or nil outside of one.
  package static func workTree(around directory: FilePath) -> FilePath? { place(around: directory)?.workTree }

  private static func place(around directory: FilePath) -> (workTree: FilePath, gitFolder: FilePath)? {
    var folder = directory
    while true {
      if let gitFolder = gitFolder(in: folder) { return (folder, gitFolder) }
      guard folder.removeLastComponent(), !folder.isEmpty else { return nil }
    }
  }

  /// Whether the file is tracked. `path` is absolute.
  package func tracks(_ path: FilePath) -> Bool {
    var relative = path
    guard relative.removePrefix(workTree) else { return false }
    return names.contains(relative.string)
  }

  /// `.git` itself, or the folder that it names where it is a file (a worktree, a submodule).
  private static func gitFolder(in folder: FilePath) -> FilePath? {
    let entry = folder.appending(".git")
    if bytes(of: entry.appending("HEAD")) != nil { return entry }
    guard let bytes = bytes(of: entry) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("gitdir: ") else { return nil }
    let target = FilePath(String(text.dropFirst("gitdir: ".count).prefix { !$0.isNewline }))
    return target.isAbsolute ? target : folder.pushing(target)
  }

  private static func bytes(of path: FilePath) -> [UInt8]? { ProjectFile.bytes(at: path, limit: 256 << 20) }

  /// The names of all entries; nil if the bytes are not an index.
  static func names(in bytes: [UInt8]) -> Set<String>? {
    guard bytes.count >= 12, bytes[0..<4].elementsEqual("DIRC".utf8) else { return nil }
    let version = number(bytes, at: 4)
    guard (2...4).contains(version) else { return nil }
    var names: Set<String> = []
    var offset = 12
    var previous: [UInt8] = []
    for _ in 0..<number(bytes, at: 8) {
      // 10 words of file status, a SHA-1, 2 bytes of flags, 2 more if the extended bit is set.
      let start = offset
      guard offset + 62 <= bytes.count else { return nil }
      offset += bytes[offset + 60] & 0x40 != 0 ? 64 : 62
      var name: [UInt8] = []
      if version == 4 {
        guard let kept = prefixLength(bytes, at: &offset, of: previous) else { return nil }
        name = Array(previous.prefix(kept))
      }
      guard offset < bytes.count, let end = bytes[offset...].firstIndex(of: 0) else { return nil }
      name += bytes[offset..<end]
      names.insert(String(decoding: name, as: UTF8.self))
      previous = name
      offset = version == 4 ? end + 1 : start + (end - start + 8) / 8 * 8
    }
    return names
  }

  /// How much of the previous name stays: its length less a variable-length number (gitformat-index, version 4).
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
