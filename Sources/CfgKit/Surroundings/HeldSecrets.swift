import CfgKitDotEnv
import CfgKitSecrets

/// The secrets that a document holds, each with the key whose rotation replaces it; lists of previous keys one by one.
struct HeldSecrets {
  private var secrets: [(key: String, secret: Secret)] = []
  /// Whether there may be more of them, since something cannot be read.
  private(set) var isPartial = false

  /// Those of a document that is read as a file of the project would be.
  init(in document: Document, of project: Project) {
    let reading = document.read(project.options.isCompatible ? .compatible : .strict)
    isPartial = reading.hasErrors || document.fileError != nil
    add(document, reading, project)
  }

  /// All that the project accepts: what its files hold, whether another layer hides it or not, and what the environment has.
  init(acceptedBy project: Project) {
    for file in project.files { add(file.document, file.reading, project) }
    for key in project.resolution.all where key.isSensitive && !key.isMissing {
      guard let secret = try? key.winner?.value.guarded else { continue }
      secrets.append((project.ringOwner(of: key.key) ?? key.key, secret))
    }
  }

  /// The keys, each once.
  var keys: Set<String> { Set(secrets.map(\.key)) }

  /// Whether nothing secret stands there.
  var isEmpty: Bool { secrets.isEmpty && !isPartial }

  /// The keys with what they hold here and somebody else holds too: by the names that it has there.
  func keys(sharedWith others: HeldSecrets) -> [(own: String, other: String)] {
    secrets.flatMap { held in
      others.secrets.filter { $0.secret.matches(held.secret) }.map { (held.key, $0.key) }
    }
  }

  private mutating func add(_ document: Document, _ reading: Reading, _ project: Project) {
    var inRings: Set<String> = []
    let names = Set(document.entries.map { document.key(of: $0) })
    for declaration in project.schema.declarations {
      guard let policy = declaration.rotation else { continue }
      let ring = policy.keyNames(of: declaration.key)
      guard !names.isDisjoint(with: ring) else { continue }
      inRings.formUnion(ring)
      if let slots = try? RingSlots(of: declaration.key, policy, in: ""),
        let values = try? slots.read(document, reading)
      {
        for secret in [values.current].compactMap(\.self) + values.others { add(declaration.key, secret) }
      } else {
        isPartial = true
      }
    }
    for name in names.subtracting(inRings).sorted() {
      guard let entry = reading.latestEntry(for: name) else { continue }
      let isSensitive = project.isSensitive(name)
      let secret = reading.withValue(of: entry) { bytes -> Secret? in
        guard isSensitive || URLParts(bytes)?.password?.isEmpty == false else { return nil }
        return try? Secret(copying: bytes)
      }
      if case .some(.some(let secret)) = secret { add(name, secret) }
    }
  }

  private mutating func add(_ key: String, _ secret: Secret) {
    if !secret.isEmpty { secrets.append((key, secret)) }
  }
}
