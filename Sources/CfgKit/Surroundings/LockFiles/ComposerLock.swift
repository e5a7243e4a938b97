/// Composer's `composer.lock`: an object with name and version for each package that is installed without `--dev`.
enum ComposerLock {
  static func read(_ bytes: [UInt8], into listing: inout LockedPackages.Listing) {
    var name: (index: String, text: String)?
    JSONStrings.forEach(in: bytes) { path, value in
      guard path.count == 3, path[0] == "packages" else { return }
      if path[2] == "name" { name = (path[1], value) }
      if path[2] == "version", let known = name, known.index == path[1] { listing.add(known.text, value) }
    }
  }
}
