/// Whether there is no file at all where required keys are missing.
struct FileMissingCheck: Check {
  let rules: [Rule] = [.fileMissing]

  func findings(in project: CheckedProject) -> [Finding] {
    guard project.project.files.isEmpty, project.project.options.readsFiles else { return [] }
    let missing = project.declaredKeys.filter { key in
      key.isMissing && key.declaration.map { project.holds($0.requirement) } == true
    }
    guard let first = missing.first, let path = project.project.triedPaths.first else { return [] }
    if let stored = project.project.options.stored {
      return [
        Finding(
          .fileMissing, "there is no document there and \(first.key) is not set",
          at: Location(path: stored.store.name), fix: .command("cfgkit", "push"))
      ]
    }
    let tried = project.project.triedPaths.joined(separator: ", ")
    return [
      Finding(
        .fileMissing, "there is no .env here and \(first.key) is not set", at: Location(path: path),
        note: "looked for: \(tried)",
        fix: project.project.declaredSchema == nil
          ? .command("cfgkit", "init") : .command("cfgkit", "set", first.key))
    ]
  }
}

extension Rule {
  static let fileMissing = Rule(
    "file-missing", 406, "no .env, and required keys that nothing else sets",
    why: "The application was started in the wrong folder, or nobody has set the project up yet.",
    example: "$ ls -a\n.env.schema  app.py",
    fix: "cfgkit init makes one; -C DIR names the folder.",
    source: "cfgkit")
}
