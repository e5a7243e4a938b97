/// The lock files of Node's tools. Names keep their scope: `@auth/core`.
enum NodeLock {
  /// npm's `package-lock.json`, versions 1 to 3; what lies in another package's own folder is not the project's.
  static func readNPM(_ bytes: [UInt8], into listing: inout LockedPackages.Listing) {
    let folder = "node_modules/"
    JSONStrings.forEach(in: bytes) { path, value in
      guard path.count == 3, path[2] == "version" else { return }
      if path[0] == "packages", path[1].hasPrefix(folder) {
        let name = path[1].dropFirst(folder.count)
        if !name.contains(folder) { listing.add(name, value) }
      } else if path[0] == "dependencies" {
        listing.add(path[1], value)
      }
    }
  }

  /// `yarn.lock` of yarn 1 (`express@^4.18.2:`, `  version "4.18.2"`) and of later ones (`"express@npm:^4.18.2":`, `  version: 4.18.2`).
  static func readYarn(_ bytes: [UInt8], into listing: inout LockedPackages.Listing) {
    var name: Substring?
    for line in ProjectFile.lines(of: String(decoding: bytes, as: UTF8.self)) {
      if line.first != " ", line.last == ":" {
        name = Self.name(before: "@", in: line.drop { $0 == "\"" })
      } else if line.hasPrefix("  version"), let known = name {
        listing.add(known, line.dropFirst("  version".count).filter { !" :\"".contains($0) })
      }
    }
  }

  /// `pnpm-lock.yaml`: the keys below `packages:`, `/express/4.18.2:`, `/express@4.18.2:` or `express@4.18.2:`, with what they were
  /// built against in parentheses.
  static func readPNPM(_ bytes: [UInt8], into listing: inout LockedPackages.Listing) {
    var isInside = false
    for line in ProjectFile.lines(of: String(decoding: bytes, as: UTF8.self)) {
      if line.first != " ", !line.isEmpty { isInside = line == "packages:" }
      guard isInside, line.hasPrefix("  "), !line.hasPrefix("   "), line.last == ":" else { continue }
      let entry = line.dropFirst(2).dropLast().filter { $0 != "'" && $0 != "\"" }.prefix { $0 != "(" }
      let key = entry.first == "/" ? entry.dropFirst() : entry
      guard let name = name(before: "/@", in: key) else { continue }
      listing.add(name, key.dropFirst(name.count + 1).prefix { $0 != "_" })
    }
  }

  /// What stands before the first of the marks; a scope's own `@` and `/` belong to the name.
  private static func name(before marks: String, in text: Substring) -> Substring? {
    let scope = text.first == "@" ? text.prefix { $0 != "/" }.count + 1 : 0
    guard let end = text.dropFirst(scope).firstIndex(where: marks.contains) else { return nil }
    return text[..<end]
  }
}
