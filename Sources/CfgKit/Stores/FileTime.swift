import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A moment of the file system's clock.
struct FileTime: Equatable {
  /// Seconds since 1970.
  let seconds: Int
  private let nanoseconds: Int

  init(_ seconds: Int, _ nanoseconds: Int) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

extension Stat {
  /// Whether both are one file, whatever it holds.
  func isSameFile(as other: Stat) -> Bool { deviceID == other.deviceID && inode == other.inode }

  /// When its bytes changed.
  var modified: FileTime { FileTime(st_mtim.tv_sec, st_mtim.tv_nsec) }

  /// When its bytes, mode, owner or names changed.
  var statusChanged: FileTime { FileTime(st_ctim.tv_sec, st_ctim.tv_nsec) }
}
