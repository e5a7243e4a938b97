import SystemPackage

/// What the lock files of a project name: packages of every language, each with the one version that will be installed.
struct LockedPackages: Sendable {
  /// Whose packages they are; the same name means something else in another one.
  enum Ecosystem: Sendable, Hashable, CaseIterable {
    case python, ruby, php, node, swift
  }

  /// What one lock file names.
  struct Listing {
    private(set) var versions: [String: PackageVersion] = [:]
    private var disputed: Set<String> = []

    /// Adds a package. A name with two versions, as Node has them, has none that is known.
    mutating func add(_ name: some StringProtocol, _ version: some StringProtocol) {
      let name = String(name)
      guard let version = PackageVersion(version), !disputed.contains(name) else { return }
      if let known = versions[name], known != version {
        disputed.insert(name)
        versions[name] = nil
      } else {
        versions[name] = version
      }
    }
  }

  /// A lock file and how it is read.
  private struct Format {
    let file: String
    let ecosystem: Ecosystem
    let read: @Sendable ([UInt8], inout Listing) -> Void
  }

  private static let formats = [
    Format(file: "uv.lock", ecosystem: .python, read: PythonLock.readTables),
    Format(file: "poetry.lock", ecosystem: .python, read: PythonLock.readTables),
    Format(file: "pdm.lock", ecosystem: .python, read: PythonLock.readTables),
    Format(file: "Pipfile.lock", ecosystem: .python, read: PythonLock.readPipfile),
    Format(file: "Gemfile.lock", ecosystem: .ruby, read: GemfileLock.read),
    Format(file: "composer.lock", ecosystem: .php, read: ComposerLock.read),
    Format(file: "package-lock.json", ecosystem: .node, read: NodeLock.readNPM),
    Format(file: "npm-shrinkwrap.json", ecosystem: .node, read: NodeLock.readNPM),
    Format(file: "yarn.lock", ecosystem: .node, read: NodeLock.readYarn),
    Format(file: "pnpm-lock.yaml", ecosystem: .node, read: NodeLock.readPNPM),
    Format(file: "Package.resolved", ecosystem: .swift, read: PackageResolved.read),
  ]
  /// Lock files of large projects are long.
  private static let limit = 64 << 20

  private var listings: [Ecosystem: Listing] = [:]

  /// Reads the lock files in a folder; of two for one language the first counts where they disagree.
  init(in folder: FilePath) {
    for format in Self.formats {
      guard let bytes = ProjectFile.bytes(at: folder.appending(format.file), limit: Self.limit) else {
        continue
      }
      var listing = Listing()
      format.read(bytes, &listing)
      listings[format.ecosystem] = listings[format.ecosystem] ?? listing
    }
  }

  /// The locked versions by name; Python's names are normalised.
  func versions(of ecosystem: Ecosystem) -> [String: PackageVersion] {
    listings[ecosystem]?.versions ?? [:]
  }
}
