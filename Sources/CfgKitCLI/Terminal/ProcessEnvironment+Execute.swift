import CfgKit
import CfgKitDotEnv
import CfgKitSecrets

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ProcessEnvironment {
  /// Becomes the command, whose words are the last of this process's own, byte for byte; returns only to say why not.
  func execute(_ program: String, argumentCount: Int) -> Failure {
    let candidates = Command(lastArguments: argumentCount).candidates(in: path)
    CoreDumps.allow()
    let words = unsafe CommandLine.unsafeArgv + Int(CommandLine.argc) - argumentCount
    // A file that may not be executed counts only if no later folder has the command.
    var problem = ENOENT
    withBlock { bytes in
      unsafe bytes.withUnsafeBytes { bytes in
        var list: [UnsafeMutablePointer<CChar>?] = unsafe starts.map { start in
          // `execve(2)` takes the list as mutable and only reads it.
          unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.advanced(by: start)
            .assumingMemoryBound(to: CChar.self)
        }
        unsafe list.append(nil)
        for path in candidates {
          _ = unsafe execve(path, words, list)
          if errno != ENOENT, errno != ENOTDIR { problem = errno }
        }
      }
    }
    switch problem {
    case ENOENT:
      return Failure(
        .commandNotFound, "command-not-found", "\(program): command not found; check its name and PATH")
    case E2BIG:
      return Failure(
        .notExecutable, "too-big",
        "\(program): arguments and environment are larger than the system allows; pass fewer keys with --only, or --clean"
      )
    default:
      return Failure(
        .notExecutable, "not-executable",
        "\(program): \(unsafe String(cString: strerror(problem))); check the file and its mode")
    }
  }

  /// The child's PATH.
  private var path: String? {
    withBlock { bytes in
      for (index, start) in starts.enumerated() {
        let end = index + 1 < starts.count ? starts[index + 1] : bytes.byteCount
        let variable = bytes.extracting(start..<end - 1)
        guard variable.byteCount >= 5, "PATH=".utf8.enumerated().allSatisfy({ variable[octet: $0] == $1 })
        else { continue }
        return unsafe variable.extracting(5..<variable.byteCount).withUnsafeBytes {
          unsafe String(decoding: $0, as: UTF8.self)
        }
      }
      return nil
    }
  }
}
