import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// Reads a descriptor to its end, straight into the memory that its bytes stay in.
enum FileBytes {
  /// What memory a file's bytes go to.
  enum Room {
    /// That of secrets: for values.
    case guarded
    /// The heap: for a schema, which is committed and holds no secret. Guarded memory takes a dozen calls of the system.
    case plain
  }

  /// All bytes from where the descriptor stands.
  ///
  /// - Parameters:
  ///   - path: for messages.
  ///   - expected: how many bytes there should be; files of `/proc` and pipes do not know, and say 0.
  ///   - limit: more bytes than this are an error, and are not read.
  static func read(
    _ file: FileDescriptor, _ path: FilePath, expecting expected: Int, limit: Int, into room: Room = .guarded
  ) throws(StoreError) -> DocumentStorage {
    // One byte more than expected shows that the file has grown.
    var capacity = min(expected > 0 ? expected : 4_095, limit) + 1
    do {
      var bytes = try storage(capacity, room) { (room: inout MutableRawSpan) throws(Errno) -> Int in
        try SystemCalls.read(file, into: &room, from: 0)
      }
      while bytes.byteCount == capacity {
        guard capacity <= limit else { throw StoreError.tooLarge(path, limit: limit) }
        capacity = min(max(capacity, 2_048) * 2, limit + 1)
        let old = bytes
        bytes = try storage(capacity, room) { (room: inout MutableRawSpan) throws(Errno) -> Int in
          old.withBytes { SystemCalls.copy($0, into: &room) }
          return try SystemCalls.read(file, into: &room, from: old.byteCount)
        }
      }
      return bytes
    } catch let error as StoreError {
      throw error
    } catch let error as SecretError {
      throw .memory(path, error)
    } catch {
      throw .inputOutput(path, error as? Errno ?? .ioError, "read")
    }
  }

  private static func storage(
    _ capacity: Int, _ room: Room, filling: (inout MutableRawSpan) throws(Errno) -> Int
  ) throws -> DocumentStorage {
    switch room {
    case .guarded: try DocumentStorage(try GuardedRoom(capacity), byteCount: capacity, filling: filling)
    case .plain: try DocumentStorage(byteCount: capacity, filling: filling)
    }
  }
}
