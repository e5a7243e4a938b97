import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// Reads a descriptor to its end, straight into guarded memory.
enum FileBytes {
  /// All bytes from where the descriptor stands.
  ///
  /// - Parameters:
  ///   - path: for messages.
  ///   - expected: how many bytes there should be; files of `/proc` and pipes do not know.
  ///   - limit: more bytes than this are an error, and are not read.
  static func read(
    _ file: FileDescriptor, _ path: FilePath, expecting expected: Int, limit: Int
  ) throws(StoreError) -> DocumentStorage {
    // One byte more than expected shows that the file has grown.
    var capacity = min(max(expected, 4_095), limit) + 1
    do {
      var bytes = try SecretBytes(capacity: capacity) { (room: inout MutableRawSpan) throws(Errno) -> Int in
        try SystemCalls.read(file, into: &room, from: 0)
      }
      while bytes.byteCount == capacity {
        guard capacity <= limit else { throw StoreError.tooLarge(path, limit: limit) }
        capacity = min(capacity * 2, limit + 1)
        bytes = try grown(bytes, to: capacity, file)
      }
      return DocumentStorage(adopting: bytes)
    } catch let error as StoreError {
      throw error
    } catch SecretFillingError<Errno>.memory(let error) {
      throw .memory(path, error)
    } catch SecretFillingError<Errno>.filling(let errno) {
      throw .inputOutput(path, errno, "read")
    } catch {
      throw .inputOutput(path, .ioError, "read")
    }
  }

  private static func grown(
    _ bytes: borrowing SecretBytes, to capacity: Int, _ file: FileDescriptor
  ) throws(SecretFillingError<Errno>) -> SecretBytes {
    try bytes.withBytes { (old: borrowing RawSpan) throws(SecretFillingError<Errno>) -> SecretBytes in
      let count = old.byteCount
      return try SecretBytes(capacity: capacity) { (room: inout MutableRawSpan) throws(Errno) -> Int in
        SystemCalls.copy(old, into: &room)
        return try SystemCalls.read(file, into: &room, from: count)
      }
    }
  }
}
