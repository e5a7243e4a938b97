#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The patterns of `--only`: keys as `fnmatch(3)` matches them. No pattern matches every key.
struct KeyPattern {
  private let patterns: [String]

  init(_ patterns: [String]) {
    self.patterns = patterns
  }

  /// Whether one of the patterns matches.
  func matches(_ key: String) -> Bool {
    patterns.isEmpty || patterns.contains { unsafe fnmatch($0, key, 0) == 0 }
  }
}
