import CfgKit
import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// Where `set` and `rotate-secret` take a value from: an argument that is no secret, standard input, a file, or a hidden prompt.
struct ValueSource {
  private let argument: String?
  private let stdin: Bool
  private let file: String?

  init(argument: String? = nil, stdin: Bool, file: String? = nil) throws(Failure) {
    guard [argument != nil, stdin, file != nil].count(where: \.self) <= 1 else {
      throw .usage("VALUE, --stdin and --value-file exclude each other")
    }
    self.argument = argument
    self.stdin = stdin
    self.file = file
  }

  /// The value in guarded memory.
  func read(for key: String, _ console: Console) throws -> Secret {
    if let argument { return try Secret(copying: argument) }
    if stdin { return try Self.withoutLineEnd(FileStore.standardInput().0) }
    if let file {
      do { return try Self.withoutLineEnd(FileStore(FilePath(file)).load().0) } catch let error as StoreError
        where error.exitCode == 73
      {
        throw Failure(
          .unreadable, "not-a-file",
          "\(Printable.text(file)) is no regular file; give the value of a pipe with --stdin")
      }
    }
    guard console.mayAsk, let prompt = Prompt() else {
      throw Failure.usage("there is no terminal to ask on; give the value with --stdin or --value-file")
    }
    return try prompt.secret("\(KeyNames.shown(key)): ")
  }

  /// All bytes but one line end at the end.
  static func withoutLineEnd(_ document: Document) throws -> Secret {
    try document.withBytes { (bytes: borrowing RawSpan) throws -> Secret in
      var count = bytes.byteCount
      if count > 0, bytes[octet: count - 1] == UInt8(ascii: "\n") { count -= 1 }
      return try Secret(copying: bytes.extracting(0..<count))
    }
  }
}
