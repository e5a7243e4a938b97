package import SystemPackage

/// The web framework of a project, as its files name it. A template carries the same name.
package struct Framework: Sendable, Hashable {
  /// The template's name: `flask`, `django`.
  package let name: String
  /// The file that names it, relative to the project.
  package let evidence: String

  /// The framework of the project in `directory`, or nil if its files name none, or two.
  ///
  /// Looks at manifests (what is asked for), then at the usual main files (what is imported). Nothing is run.
  package static func detect(in directory: FilePath) -> Framework? {
    if let text = text(of: "manage.py", in: directory), text.contains("DJANGO_SETTINGS_MODULE") {
      return Framework(name: "django", evidence: "manage.py")
    }
    for (files, names) in [
      (manifests, { (file: String, text: String) in PythonManifest.packages(named: file, text) }),
      (sources, { (_: String, text: String) in PythonManifest.imports(text) }),
    ] {
      var found: [String: String] = [:]
      for file in files {
        guard let text = text(of: file, in: directory) else { continue }
        for name in names(file, text).compactMap({ templates[$0] }) where found[name] == nil {
          found[name] = file
        }
      }
      // Next.js applications often have an Express server beside them, never the other way round.
      if found["nextjs"] != nil { found["express"] = nil }
      if found.count == 1, let (name, evidence) = found.first {
        return Framework(name: name, evidence: evidence)
      }
    }
    return composeFiles.first { text(of: $0, in: directory) != nil }.map {
      Framework(name: "docker-compose", evidence: $0)
    }
  }

  /// The packages that the manifests in a folder name, of any language, normalised.
  static func packages(in directory: FilePath) -> Set<String> {
    Set(
      manifests.flatMap { file in
        text(of: file, in: directory).map { PythonManifest.packages(named: file, $0) } ?? []
      })
  }

  /// The template of each package that tells the framework.
  private static let templates = [
    "flask": "flask", "django": "django", "fastapi": "fastapi", "next": "nextjs", "express": "express",
    "rails": "rails", "laravel": "laravel", "vapor": "swift-server", "hummingbird": "swift-server",
  ]
  private static let manifests = [
    "requirements.txt", "requirements.in", "requirements/base.txt", "requirements-dev.txt", "pyproject.toml",
    "Pipfile", "setup.cfg", "setup.py", "package.json", "Gemfile", "composer.json", "Package.swift",
  ]
  private static let composeFiles = [
    "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml",
  ]
  private static let sources = [
    "app.py", "wsgi.py", "main.py", "application.py", "run.py", "server.py", "asgi.py", "app/__init__.py",
    "src/app.py",
  ]

  private static func text(of file: String, in directory: FilePath) -> String? {
    ProjectFile.text(at: directory.appending(file))
  }
}
