import SystemPackage

extension Project.Options {
  /// The options with which a command is about the same project, read in the same way; none where it is so anyway.
  package var commandFlags: [String] {
    var flags = stored?.flags ?? []
    let folder = ShownPath.of(directory)
    let isHere = folder == ShownPath.of(".")
    // Not normalized: what `..` behind a link is, the system knows.
    let entered = FilePath(enteredDirectory ?? ".")
    let start = isHere ? entered : entered == "." ? FilePath(folder) : entered.pushing(FilePath(folder))
    if start != "." { flags += ["-C", start.string] }
    if let name = Project.chosenName(self) { flags += ["-e", name] }
    for file in files where file != "-" { flags += ["-f", shown(file, isHere: isHere)] }
    // What lies right here is the nearest one.
    if let schema = schemaPath.map({ shown($0, isHere: isHere) }), schema != ".env.schema" {
      flags += ["--schema", schema]
    }
    if isCompatible { flags.append("--compat") }
    return flags
  }

  /// A path as it counts from the folder of `-C`.
  private func shown(_ path: FilePath, isHere: Bool) -> String {
    var path = path
    return !isHere && path.removePrefix(directory) ? path.string : ShownPath.of(path)
  }
}
