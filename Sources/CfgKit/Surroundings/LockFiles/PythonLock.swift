/// The lock files of Python's tools.
enum PythonLock {
  /// `uv.lock`, `poetry.lock`, `pdm.lock`: a TOML table `[[package]]` for each package.
  static func readTables(_ bytes: [UInt8], into listing: inout LockedPackages.Listing) {
    var name: String?
    for line in ProjectFile.lines(of: String(decoding: bytes, as: UTF8.self)) {
      if line.first == "[" { name = nil }
      if let value = PythonProjectTable.text(of: "name", in: line) { name = PackageName.normalised(value) }
      if let value = PythonProjectTable.text(of: "version", in: line), let known = name {
        listing.add(known, value)
      }
    }
  }

  /// `Pipfile.lock`: what is installed without `--dev`.
  static func readPipfile(_ bytes: [UInt8], into listing: inout LockedPackages.Listing) {
    JSONStrings.forEach(in: bytes) { path, value in
      guard path.count == 3, path[0] == "default", path[2] == "version" else { return }
      listing.add(PackageName.normalised(path[1]), value.drop { $0 == "=" })
    }
  }
}
