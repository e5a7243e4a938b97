import SystemPackage

extension Project.Options {
  /// The options with which a command is about the same project, read in the same way; none where it is so anyway.
  package var commandFlags: [String] {
    var flags = (stored?.flags ?? []) + folderFlags
    if let name = Project.chosenName(self) { flags += ["-e", name] }
    for file in files where file != "-" { flags += ["-f", shown(file)] }
    // What lies right here is the nearest one.
    if let schema = schemaPath.map(shown), schema != ".env.schema" {
      flags += ["--schema", schema]
    }
    if isCompatible { flags.append("--compat") }
    return flags
  }

  /// The option with which a command starts in the same folder; none where it does so anyway.
  package var folderFlags: [String] {
    // Not normalized: what `..` behind a link is, the system knows.
    let entered = FilePath(enteredDirectory ?? ".")
    let folder = FilePath(ShownPath.of(directory))
    let start = isHere ? entered : entered == "." ? folder : entered.pushing(folder)
    return start == "." ? [] : ["-C", start.string]
  }

  private var isHere: Bool { ShownPath.of(directory) == ShownPath.of(".") }

  /// A path as it counts from the folder of `-C`.
  private func shown(_ path: FilePath) -> String {
    var path = path
    return !isHere && path.removePrefix(directory) ? path.string : ShownPath.of(path)
  }
}
