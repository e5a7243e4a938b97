#if canImport(Glibc)
  import Glibc
  import SystemPackage

  extension SystemCalls {
    /// What inotify(7) tells of a folder.
    struct Notice {
      /// What happened, as far as it matters.
      enum Kind {
        /// Somebody wrote to the file, and may go on.
        case written
        /// Somebody has closed it, or it was replaced, moved or removed.
        case settled
        case other
      }

      /// Which watch it belongs to; negative if notices were lost.
      let watch: Int32
      /// The name that changed in the folder; empty if it is the folder itself.
      let name: String
      let kind: Kind
    }

    /// `inotify_init1(2)`: a descriptor that notices can be read from, without waiting.
    static func openNotices() throws(Errno) -> FileDescriptor {
      // IN_NONBLOCK and IN_CLOEXEC are these two by definition.
      FileDescriptor(rawValue: Int32(try counted { Int(inotify_init1(O_NONBLOCK | O_CLOEXEC)) }))
    }

    /// `inotify_add_watch(2)`: asks for notices of all that changes in a folder; the same watch for the same folder.
    static func watch(_ folder: FilePath, with notices: FileDescriptor) throws(Errno) -> Int32 {
      let changes =
        IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MODIFY | IN_MOVED_FROM
        | IN_MOVED_TO | IN_MOVE_SELF
      return try unsafe named(folder) { name in
        unsafe inotify_add_watch(notices.rawValue, name, UInt32(changes) | UInt32(IN_ONLYDIR))
      }
    }

    /// `inotify_rm_watch(2)`. A watch whose folder is gone is gone already.
    static func unwatch(_ watch: Int32, with notices: FileDescriptor) {
      _ = inotify_rm_watch(notices.rawValue, watch)
    }

    /// The notices that are there; none if there is nothing to read.
    static func notices(from notices: FileDescriptor) throws(Errno) -> [Notice] {
      // Room for at least one notice with the longest name: 16 bytes, NAME_MAX and a NUL.
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count: Int
      do {
        count = try counted { unsafe Glibc.read(notices.rawValue, &buffer, buffer.count) }
      } catch {
        if error == .wouldBlock { return [] }
        throw error
      }
      var found: [Notice] = []
      var start = 0
      // struct inotify_event: wd, mask, cookie and len of 4 bytes each, then len bytes with a name that ends in NULs.
      while start + 16 <= count {
        let length = Int(word(at: start + 12, in: buffer))
        let end = min(start + 16 + length, count)
        let name = buffer[start + 16..<end].prefix { $0 != 0 }
        found.append(
          Notice(
            watch: Int32(bitPattern: word(at: start, in: buffer)),
            name: String(decoding: name, as: UTF8.self),
            kind: kind(of: word(at: start + 4, in: buffer))))
        start = end
      }
      return found
    }

    private static func kind(of mask: UInt32) -> Notice.Kind {
      let ends = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
      if mask & UInt32(ends) != 0 { return .settled }
      return mask & UInt32(IN_MODIFY) != 0 ? .written : .other
    }

    /// Four bytes in the machine's order.
    private static func word(at offset: Int, in bytes: [UInt8]) -> UInt32 {
      // The loop above keeps offset + 4 within the bytes that were read.
      unsafe bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }
  }
#endif
