package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Paths as people see them.
package enum ShownPath {
  /// Relative to the working directory if the file lies below it, else absolute; `-` is standard input.
  package static func of(_ path: FilePath) -> String {
    if path == "-" { return "<stdin>" }
    var shown = absolute(path)
    let base = workingDirectory
    if shown != base { _ = shown.removePrefix(base) }
    // A line break in a name must not make a line of its own.
    return Printable.text(shown.string)
  }

  /// The same place, from the root of the file system, without `.` and `..`; relative still if the system does not say which
  /// folder the process is in.
  package static func absolute(_ path: FilePath) -> FilePath {
    (path.isAbsolute ? path : workingDirectory.pushing(path)).lexicallyNormalized()
  }

  private static var workingDirectory: FilePath {
    guard let buffer = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(buffer) }
    return unsafe FilePath(platformString: buffer)
  }
}
