import SystemPackage

/// Whether a Rails application reads the previous key that a rotation keeps.
struct RailsRotatorCheck: MachineCheck {
  let rules: [Rule] = [.railsNoRotator]

  func findings(in examined: ExaminedProject) -> [Finding] {
    guard let key = examined.resolution["SECRET_KEY_BASE_PREVIOUS"], !key.isMissing else { return [] }
    let folder = examined.surroundings.root.appending("config")
    let files =
      ["application.rb"].map { folder.appending($0) }
      + ["initializers", "environments"].flatMap { name in
        FolderListing.names(in: folder.appending(name)).map { folder.appending(name).appending($0) }
      }
    guard !files.contains(where: { ProjectFile.text(at: $0)?.contains(key.key) == true }) else { return [] }
    return [
      Finding(
        .railsNoRotator, key: key.key, "SECRET_KEY_BASE_PREVIOUS is set, and nothing in config reads it",
        at: key.winner?.origin.location,
        note: RotationNotes.snippet(for: "SECRET_KEY_BASE", list: key.key, packs: ["rails"]).joined(
          separator: "\n"),
        fix: .manual("add the file config/initializers/previous_secrets.rb with the lines above"))
    ]
  }
}

extension Rule {
  static let railsNoRotator = Rule(
    "rails/no-rotator", 708, .warning, "a previous key that Rails does not read",
    why: "Rails has no key for previous secrets; without a rotator every cookie of the old key is void.",
    example: "SECRET_KEY_BASE_PREVIOUS=…     # and no cookies_rotations in config",
    fix: "Add a rotator for cookies, and one for message verifiers, in an initializer.",
    source: "guides.rubyonrails.org/security.html#rotating-encrypted-and-signed-cookies-configurations")
}
