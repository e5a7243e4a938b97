import SystemPackage

/// Whether a Dockerfile takes secrets into the image.
struct DockerContextCheck: Check {
  let rules: [Rule] = [.inDockerContext]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    Dockerfile.all(in: project.project.root).flatMap { dockerfile in
      copies(dockerfile, project) + variables(dockerfile, project)
    }
  }

  private func copies(_ dockerfile: Dockerfile, _ project: CheckedProject) -> [Finding] {
    guard let copy = dockerfile.wholeContextCopy else { return [] }
    let root = ShownPath.absolute(project.project.root)
    // A Dockerfile may have an ignore file of its own, which then counts alone.
    let text =
      ProjectFile.text(at: FilePath(dockerfile.path.string + ".dockerignore"))
      ?? ProjectFile.text(at: root.appending(".dockerignore"))
    let ignore = DockerIgnore(text)
    return project.filesWithSecrets.compactMap { file, path in
      var relative = ShownPath.absolute(path)
      guard relative.removePrefix(root) else { return nil }
      let names = relative.components.map(\.string)
      guard !ignore.ignores(names) else { return nil }
      let shown = ShownPath.of(root.appending(".dockerignore"))
      return Finding(
        .inDockerContext,
        "\(copy.name) . takes \(file.shownPath) into the image; no .dockerignore rule leaves it out",
        at: Location(path: ShownPath.of(dockerfile.path), line: copy.line, column: 1),
        fix: .shell("echo \(Fix.shellQuoted(names.joined(separator: "/"))) >> \(Fix.shellQuoted(shown))"))
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
