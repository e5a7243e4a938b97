import SystemPackage

/// Whether a shell has taken the `>` of a requirement as a redirection.
struct RedirectFileCheck: MachineCheck {
  let rules: [Rule] = [.redirectFile]

  func findings(in examined: ExaminedProject) -> [Finding] {
    examined.surroundings.names.filter(Self.isVersion).map { name in
      let path = ShownPath.of(examined.surroundings.root.appending(name))
      return Finding(
        .redirectFile, "\(path) was written by an unquoted >; the limit behind it was ignored",
        at: Location(path: path), fix: .command("rm", path))
    }
  }

  private static func isVersion(_ name: String) -> Bool {
    name.first == "=" && PackageVersion(name.dropFirst().prefix { $0 != "," && $0 != " " }) != nil
  }
}

extension Rule {
  static let redirectFile = Rule(
    "redirect-file", 805, .warning, "a file that an unquoted >= wrote",
    why:
      "The shell took > as a redirection: pip installed without the limit, and its output is in that file.",
    example: "$ pip install Flask-Session>=0.8.0\n$ ls\n=0.8.0  app.py",
    fix: "Delete the file, and put the requirement in quotes: pip install 'Flask-Session>=0.8.0'.",
    source: "POSIX.1-2024, section 2.7")
}
