/// SwiftPM's `Package.resolved`, versions 1 to 3: a pin for each package, by identity.
enum PackageResolved {
  static func read(_ bytes: [UInt8], into listing: inout LockedPackages.Listing) {
    var name: (index: String, text: String)?
    JSONStrings.forEach(in: bytes) { path, value in
      let path = path.first == "object" ? path.dropFirst() : path[...]
      guard path.count >= 3, path.first == "pins", let index = path.dropFirst().first else { return }
      switch path.dropFirst(2) {
      case ["identity"], ["package"]: name = (index, value.lowercased())
      case ["state", "version"]:
        if let known = name, known.index == index { listing.add(known.text, value) }
      default: break
      }
    }
  }
}
