/// A command and its arguments, byte for byte as they were given.
package struct Command: Sendable {
  /// Each without its NUL.
  let words: [[UInt8]]

  /// A command of these words, the program first.
  package init(_ words: [String]) {
    self.words = words.map { Array($0.utf8) }
  }

  /// The last words of this process's own command line, which may be no text.
  package init(lastArguments count: Int) {
    let all = (0..<Int(CommandLine.argc)).map { index -> [UInt8] in
      // The list and its texts are there for as long as the process.
      guard let word = unsafe CommandLine.unsafeArgv[index] else { return [] }
      return unsafe Array(UnsafeRawBufferPointer(start: word, count: strlen(word)))
    }
    words = Array(all.suffix(count))
  }

  /// The program, as people see it.
  package var program: String { words.first.map { String(decoding: $0, as: UTF8.self) } ?? "" }

  /// Where the program may be: as given if it names a folder, else in those of a PATH.
  package func candidates(in path: String?) -> [String] {
    if program.isEmpty || program.contains("/") { return [program] }
    return (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":", omittingEmptySubsequences: false)
      .map { "\($0.isEmpty ? "." : $0)/\(program)" }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
