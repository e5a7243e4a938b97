/// Bundler's `Gemfile.lock`: below `specs:` a gem at four blanks, what it needs at six.
enum GemfileLock {
  static func read(_ bytes: [UInt8], into listing: inout LockedPackages.Listing) {
    for line in ProjectFile.lines(of: String(decoding: bytes, as: UTF8.self)) {
      guard line.hasPrefix("    "), !line.hasPrefix("     "), line.hasSuffix(")") else { continue }
      let parts = line.dropFirst(4).dropLast().split(separator: " (", maxSplits: 1)
      guard parts.count == 2 else { continue }
      // `1.16.0-x86_64-linux` is a build of 1.16.0.
      listing.add(parts[0], parts[1].prefix { $0 != "-" })
    }
  }
}
