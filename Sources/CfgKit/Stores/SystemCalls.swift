import CXattr
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system calls that swift-system lacks, with typed errors and no pointer in any signature; the only unsafe code of this room.
///
/// Every call that can be interrupted is repeated until it is not.
enum SystemCalls {
  // MARK: Names in a directory

  /// What a file is opened for.
  enum Purpose {
    /// To read. Never waits, for a FIFO's writer say, and never takes a terminal.
    case reading
    /// The same, but a symbolic link is an error.
    case readingNoLink
    /// A directory, to find names in, lock and sync.
    case directory
    /// To write a file that must not exist yet.
    case creating
    /// To hold a lock on; made if need be.
    case locking
    /// To take all its bytes away.
    case emptying

    fileprivate var flags: Int32 {
      switch self {
      case .reading: O_RDONLY | O_NONBLOCK | O_NOCTTY
      case .readingNoLink: O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW
      case .directory: O_RDONLY | O_DIRECTORY
      case .creating: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
      case .locking: O_RDWR | O_CREAT | O_NOFOLLOW
      case .emptying: O_WRONLY | O_TRUNC | O_NOFOLLOW
      }
    }
  }

  /// `openat(2)`, always close-on-exec; relative to the working directory without `directory`. Never one of the three standard
  /// streams: where one is closed, what is printed would land in the file that took its number.
  static func open(
    _ path: FilePath, for purpose: Purpose, in directory: FileDescriptor? = nil, mode: CInterop.Mode = 0o600
  ) throws(Errno) -> FileDescriptor {
    let base = directory?.rawValue ?? AT_FDCWD
    let opened = try unsafe named(path) { name in
      unsafe openat(base, name, purpose.flags | O_CLOEXEC, mode_t(mode))
    }
    guard opened <= STDERR_FILENO else { return FileDescriptor(rawValue: opened) }
    defer { _ = Glibc_close(opened) }
    return FileDescriptor(
      rawValue: Int32(try counted { Int(fcntl(opened, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)) }))
  }

  /// `mkdir(2)`.
  static func makeFolder(_ path: FilePath, mode: CInterop.Mode) throws(Errno) {
    _ = try unsafe named(path) { name in unsafe mkdir(name, mode_t(mode)) }
  }

  /// `renameat(2)` within one directory.
  static func rename(_ old: FilePath, to new: FilePath, in directory: FileDescriptor) throws(Errno) {
    let fd = directory.rawValue
    _ = try unsafe named(old) { old in
      unsafe new.withPlatformString { new in unsafe renameat(fd, old, fd, new) }
    }
  }

  /// `unlinkat(2)`.
  static func remove(_ name: FilePath, in directory: FileDescriptor) throws(Errno) {
    _ = try unsafe named(name) { name in unsafe unlinkat(directory.rawValue, name, 0) }
  }

  /// `readlinkat(2)`: where a symbolic link leads; the link is relative to the working directory without `directory`.
  static func target(of link: FilePath, in directory: FileDescriptor? = nil) throws(Errno) -> FilePath {
    let base = directory?.rawValue ?? AT_FDCWD
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = try unsafe named(link) { name in
      unsafe Int32(readlinkat(base, name, &buffer, buffer.count - 1))
    }
    buffer[Int(count)] = 0
    return FilePath(platformString: buffer)
  }

  /// What a directory says that an entry is; some file systems do not.
  enum EntryType { case folder, other, unknown }

  /// The names in a directory, without `.` and `..`.
  static func entries(in directory: FileDescriptor) throws(Errno) -> [(name: String, type: EntryType)] {
    let copy = try open(".", for: .directory, in: directory)
    guard let stream = unsafe fdopendir(copy.rawValue) else {
      let error = current
      try? copy.close()
      throw error
    }
    defer { unsafe closedir(stream) }
    var entries: [(name: String, type: EntryType)] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0, errno != EINTR { throw current }
        return entries
      }
      // The name's tuple is longer than its C declaration says on some systems, so it is read where it lies.
      let name = unsafe String(
        cString: UnsafeRawPointer(entry).advanced(by: nameOffset).assumingMemoryBound(to: CChar.self))
      let type: EntryType =
        switch unsafe Int(entry.pointee.d_type) {
        case Int(DT_DIR): .folder
        case Int(DT_UNKNOWN): .unknown
        default: .other
        }
      if name != ".", name != ".." { entries.append((name, type)) }
    }
  }

  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0

  // MARK: An open file

  /// `flock(2)`, exclusive, without waiting; false if another holds it.
  static func tryLock(_ file: FileDescriptor) throws(Errno) -> Bool {
    do {
      try retried { flock(file.rawValue, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error == .wouldBlock { return false }
      throw error
    }
  }

  /// `flock(2)`, release.
  static func unlock(_ file: FileDescriptor) {
    _ = flock(file.rawValue, LOCK_UN)
  }

  /// Reads into the room from `offset` on until it is full or the file ends; gives how many bytes of the room are used then.
  static func read(_ file: FileDescriptor, into room: inout MutableRawSpan, from offset: Int) throws(Errno)
    -> Int
  {
    var used = offset
    while used < room.byteCount {
      let start = used
      let count = unsafe room.withUnsafeMutableBytes { bytes -> Counted in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
        return Counted(unsafe Glibc_read(file.rawValue, rest.baseAddress, rest.count))
      }
      if count.value == 0 { return used }
      if count.value > 0 {
        used += count.value
      } else if count.error != .interrupted {
        throw count.error
      }
    }
    return used
  }

  /// Writes all bytes, however few the system takes at once.
  static func write(_ bytes: borrowing RawSpan, to file: FileDescriptor) throws(Errno) {
    var written = 0
    while written < bytes.byteCount {
      let start = written
      let count = unsafe bytes.withUnsafeBytes { bytes -> Counted in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
        return Counted(unsafe Glibc_write(file.rawValue, rest.baseAddress, rest.count))
      }
      if count.value > 0 {
        written += count.value
      } else if count.value == 0 {
        throw .ioError
      } else if count.error != .interrupted {
        throw count.error
      }
    }
  }

  /// `fsync(2)`; on Darwin down to the platter.
  static func sync(_ file: FileDescriptor) throws(Errno) {
    #if canImport(Darwin)
      do { return try retried { fcntl(file.rawValue, F_FULLFSYNC) } } catch {
        if error != .notSupported { throw error }
      }
    #endif
    try retried { fsync(file.rawValue) }
  }

  /// `close(2)`. The descriptor is gone whatever it says, so an interruption is no error.
  static func close(_ file: FileDescriptor) throws(Errno) {
    guard Glibc_close(file.rawValue) < 0 else { return }
    let error = current
    if error != .interrupted { throw error }
  }

  /// `fchown(2)`.
  static func setOwner(_ file: FileDescriptor, _ user: UserID, _ group: GroupID) throws(Errno) {
    try retried { fchown(file.rawValue, user.rawValue, group.rawValue) }
  }

  /// `fchmod(2)`.
  static func setMode(_ file: FileDescriptor, _ mode: CInterop.Mode) throws(Errno) {
    try retried { fchmod(file.rawValue, mode_t(mode)) }
  }

  // MARK: Extended attributes

  #if os(Linux)
    /// The names of all extended attributes, access control lists among them.
    static func attributeNames(of file: FileDescriptor) throws(Errno) -> [String] {
      var buffer = [CChar](repeating: 0, count: 65_536)  // XATTR_LIST_MAX
      let count = try counted { unsafe flistxattr(file.rawValue, &buffer, buffer.count) }
      return buffer[..<count].split(separator: 0).map {
        String(decoding: $0.map(UInt8.init(bitPattern:)), as: UTF8.self)
      }
    }

    /// The bytes of an extended attribute.
    static func attribute(_ name: String, of file: FileDescriptor) throws(Errno) -> [UInt8] {
      var buffer = [UInt8](repeating: 0, count: 65_536)  // XATTR_SIZE_MAX
      let count = try counted { unsafe fgetxattr(file.rawValue, name, &buffer, buffer.count) }
      return Array(buffer[..<count])
    }

    /// Sets an extended attribute.
    static func setAttribute(_ name: String, to bytes: [UInt8], of file: FileDescriptor) throws(Errno) {
      try retried { unsafe fsetxattr(file.rawValue, name, bytes, bytes.count, 0) }
    }

    /// Removes an extended attribute.
    static func removeAttribute(_ name: String, of file: FileDescriptor) throws(Errno) {
      try retried { unsafe fremovexattr(file.rawValue, name) }
    }
  #elseif canImport(Darwin)
    /// Copies access control list and extended attributes.
    static func copyAttributes(from old: FileDescriptor, to new: FileDescriptor) throws(Errno) {
      try retried {
        unsafe fcopyfile(old.rawValue, new.rawValue, nil, copyfile_flags_t(COPYFILE_ACL | COPYFILE_XATTR))
      }
    }
  #endif

  // MARK: Guarded memory

  /// Copies all of `bytes` to the beginning of a room that is large enough.
  static func copy(_ bytes: borrowing RawSpan, into room: inout MutableRawSpan) {
    unsafe room.withUnsafeMutableBytes { target in
      unsafe bytes.withUnsafeBytes { source in unsafe target.copyMemory(from: source) }
    }
  }

  // MARK: The process

  /// The user whose rights this process has.
  static var user: UserID { UserID(geteuid()) }

  /// Waits.
  static func pause(milliseconds: UInt32) { usleep(milliseconds * 1_000) }

  // MARK: Errors

  private static var current: Errno { Errno(rawValue: errno) }

  /// What a call gave, with the error of that very moment.
  private struct Counted {
    let value: Int
    let error: Errno

    init(_ value: Int) {
      self.value = value
      error = SystemCalls.current
    }
  }

  private static func retried(_ call: () -> Int32) throws(Errno) {
    _ = try counted { Int(call()) }
  }

  static func counted(_ call: () -> Int) throws(Errno) -> Int {
    while true {
      let result = Counted(call())
      if result.value >= 0 { return result.value }
      if result.error != .interrupted { throw result.error }
    }
  }

  /// A call that takes a path; its error is read before the path's copy is freed.
  static func named(_ path: FilePath, _ call: (UnsafePointer<CChar>) -> Int32) throws(Errno) -> Int32 {
    while true {
      let result = unsafe path.withPlatformString { name in Counted(Int(unsafe call(name))) }
      if result.value >= 0 { return Int32(result.value) }
      if result.error != .interrupted { throw result.error }
    }
  }
}

// `read`, `write` and `close` of the C library, which the methods of the same names hide.
private let Glibc_read = unsafe read
private let Glibc_write = unsafe write
private let Glibc_close = close
