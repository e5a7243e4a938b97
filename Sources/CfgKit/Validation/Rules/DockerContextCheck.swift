import SystemPackage

/// Whether a Dockerfile takes secrets into the image.
struct DockerContextCheck: Check {
  let rules: [Rule] = [.inDockerContext]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    let root = project.project.root
    return Self.copies(of: project.filesWithSecrets.map(\.path), below: root)
      + Dockerfile.all(in: root).flatMap { variables($0, project) }
  }

  /// Which instructions take these files with secrets into an image.
  static func copies(of files: [FilePath], below root: FilePath) -> [Finding] {
    guard !files.isEmpty else { return [] }
    return Dockerfile.all(in: root).flatMap { dockerfile in copies(of: files, below: root, by: dockerfile) }
  }

  private static func copies(
    of files: [FilePath], below root: FilePath, by dockerfile: Dockerfile
  ) -> [Finding] {
    let root = ShownPath.absolute(root)
    // A Dockerfile may have an ignore file of its own, which then counts alone.
    let own = FilePath(dockerfile.path.string + ".dockerignore")
    let shared = root.appending(".dockerignore")
    let ignoreFile = ProjectFile.text(at: own) == nil ? shared : own
    let ignore = DockerIgnore(ProjectFile.text(at: ignoreFile))
    return files.compactMap { path in
      var relative = ShownPath.absolute(path)
      guard relative.removePrefix(root) else { return nil }
      let names = relative.components.map(\.string)
      guard !ignore.ignores(names), let copy = dockerfile.copy(of: names) else { return nil }
      let shown = ShownPath.of(path)
      return Finding(
        .inDockerContext,
        "\(copy.instruction.name) \(copy.source) takes \(shown) into the image; no .dockerignore rule leaves it out",
        at: Location(path: ShownPath.of(dockerfile.path), line: copy.instruction.line, column: 1),
        fix: copy.takesFolder
          ? .line(names.joined(separator: "/"), appendedTo: ignoreFile)
          : .manual("copy without it, and give its values to the container when it starts"))
    }
  }

  private func variables(_ dockerfile: Dockerfile, _ project: CheckedProject) -> [Finding] {
    dockerfile.variables.compactMap { variable in
      guard project.resolution[variable.name]?.isSensitive ?? Sensitivity.isInferred(fromName: variable.name)
      else { return nil }
      return Finding(
        .inDockerContext, key: variable.name,
        "\(variable.instruction) \(variable.name) stays in the image, where `docker history` shows it",
        at: Location(path: ShownPath.of(dockerfile.path), line: variable.line, column: 1),
        fix: .manual("give it to the container when it starts, or as a secret of the build"))
    }
  }
}

extension Rule {
  static let inDockerContext = Rule(
    "in-docker-context", 405, .warning, "a secret that a build takes into the image",
    why: "Whoever can pull the image has the secret; a later layer that deletes it does not help.",
    example: "COPY . /app\nARG SECRET_KEY",
    fix: "Leave the file out with .dockerignore, and set secrets when the container starts.",
    source:
      "docs.docker.com/build/concepts/context, docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env"
  )
}
