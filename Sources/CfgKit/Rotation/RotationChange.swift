import CfgKitDotEnv
import CfgKitSecrets

/// What a rotation did to one key, or would do: for people, without any value.
package struct RotationChange: Sendable {
  /// A line under the first: what it is about, and what there is to say.
  package struct Detail: Sendable, Hashable {
    /// A word or two: `old key`, `restart`, `then`.
    package let label: String
    /// What there is to say.
    package let text: String
  }

  /// The key.
  package let key: String
  /// What was done; nil if there was nothing to do.
  package let kind: RotationEvent.Kind?
  /// Whether the file changes.
  package let isChanged: Bool
  /// Where the ring stands now.
  package let phase: KeyRing.Phase
  /// Until when the newest previous key stays accepted.
  package let until: RotationTime?
  /// The first line: `rotated SECRET_KEY in .env: 32 random bytes, hex`.
  package let title: String
  /// The lines under it.
  package let details: [Detail]
  /// What rotation does not protect, to be read before the application is restarted.
  package let notes: [String]
  /// What the application has to hold so that it reads the list, line by line; empty for those that read it by themselves.
  package let snippet: [String]

  init(
    of file: RingFile, _ rotation: Rotation, _ declaration: KeyDeclaration?,
    _ step: (kind: RotationEvent.Kind, ring: KeyRing)?, _ effects: [RotationEffect],
    members: [RotationMember]?, _ document: Document
  ) {
    let ring = step?.ring ?? file.ring
    key = ring.name
    // A rotation that waits for members begins like one in three steps.
    kind = step?.kind == .rotate && ring.phase == .staged ? .prepare : step?.kind
    isChanged = !effects.isEmpty
    phase = ring.phase
    until = ring.previous.first?.until
    let words = RotationWords(
      file: file, ring: ring, kind: kind, isChanged: isChanged, members: members,
      shownPath: rotation.shownPath,
      call: Fix.call(rotation.project.options.commandFlags),
      format: rotation.isGenerated ? declaration?.generate ?? .standard : nil, now: file.terms.now)
    title = words.title
    details = words.details
    let readsNewList = [.rotate, .prepare].contains(kind)
    snippet =
      isChanged && readsNewList
      ? RotationNotes.snippet(
        for: key, list: file.terms.policy.fallbackKey ?? key, packs: rotation.project.schema.rulePacks) : []
    notes = isChanged ? rotation.notes(on: file, kind, document) : []
  }
}

extension RotationChange {
  /// What is said where there was nothing to do.
  ///
  /// - Parameters:
  ///   - kind: what was asked for; nil if it was whatever comes next.
  ///   - until: when the newest previous key goes, in words; nil where no dates are kept.
  static func repetition(of kind: RotationEvent.Kind?, _ key: String, until: String?) -> String {
    switch kind {
    case .prepare: "\(key) is prepared already; the current key still signs"
    case .promote:
      "\(key) is promoted already; the previous key is accepted" + (until.map { " until \($0)" } ?? "")
    case .retire: "\(key) has no previous key"
    default: "nothing to do for \(key)"
    }
  }
}

/// The sentences of a change, in one place.
private struct RotationWords {
  let file: RingFile
  let ring: KeyRing
  let kind: RotationEvent.Kind?
  let isChanged: Bool
  let members: [RotationMember]?
  let shownPath: String
  let call: String
  let format: KeyFormat?
  let now: RotationTime

  private var key: String { ring.name }
  private var untilText: String {
    ring.previous.first?.until?.date
      ?? (members == nil ? "every process has been restarted" : "every member has it")
  }
  private var source: String { format?.summary ?? "from standard input" }

  var title: String {
    guard isChanged, let members, !members.isEmpty, kind != .acknowledge else { return sentence }
    let count = members.count { $0.standing(beside: ring, now: now) == .current }
    return "\(sentence); \(count) of \(members.count) member\(members.count == 1 ? "" : "s") have it"
  }

  private var sentence: String {
    guard let kind, isChanged else {
      return RotationChange.repetition(of: kind, key, until: untilText)
    }
    switch kind {
    case .fill: return "filled \(key) in \(shownPath): \(source)"
    case .rotate: return "rotated \(key) in \(shownPath): \(source)"
    case .replace: return "replaced \(key) in \(shownPath): \(source)"
    case .compromise: return "replaced \(key) in \(shownPath), and no older key is accepted: \(source)"
    case .prepare: return "prepared \(key): the next key is accepted, the current one still signs"
    case .promote:
      return "promoted \(key): the next key signs, the previous one is accepted until \(untilText)"
    case .acknowledge:
      return "every member has the new \(key); the previous one is accepted until \(untilText)"
    case .retire: return retired
    case .abort:
      return file.ring.phase == .staged
        ? "dropped the prepared \(key); nobody has signed with it"
        : "took \(key) back: the previous key signs again, the other one is accepted until \(untilText)"
    case .reconcile:
      return "\(key) was edited by hand: "
        + (ring.previous.isEmpty
          ? "no previous key is accepted" : "its previous keys are accepted until \(untilText)")
    }
  }

  private var retired: String {
    let count = file.ring.previous.count - ring.previous.count
    let keys = "\(count) previous key\(count == 1 ? "" : "s") of \(key)"
    guard let rotated = file.ring.rotated else { return "retired \(keys)" }
    let days = (now - rotated).components.seconds / 86_400
    return "retired \(keys), \(days) day\(days == 1 ? "" : "s") after it was replaced"
  }

  var details: [RotationChange.Detail] {
    guard isChanged, let kind else { return [] }
    var lines: [RotationChange.Detail] = []
    func add(_ label: String, _ text: String) {
      lines.append(RotationChange.Detail(label: label, text: text))
    }
    let list = file.terms.policy.fallbackKey ?? key
    switch kind {
    case .rotate: add("old key", "\(file.terms.policy.oldKeyPlace) \(list) until \(untilText)")
    case .replace, .compromise:
      add("old key", "no longer accepted; everybody whom it signed in signs in again")
    case .prepare: add("next key", "accepted through \(list)")
    default: break
    }
    if kind != .reconcile, members == nil {
      add("restart", "every process that reads it; under cfgkit run a reload is not enough")
    }
    switch kind {
    case .reconcile where ring.previous.isEmpty: break
    case .rotate, .promote, .acknowledge, .reconcile: add("then", "\(call) rotate-secret \(key) --retire")
    case .prepare: add("then", "\(call) rotate-secret \(key) --promote")
    default: break
    }
    return lines
  }
}

extension RotationPolicy {
  fileprivate var oldKeyPlace: String {
    switch fallbackFormat {
    case .csv, .json: fallbackOrder == .newestFirst ? "first in" : "last in"
    case .authjs, .versioned, .jwks: "in"
    }
  }
}

extension KeyFormat {
  /// In words: `32 random bytes, hex`.
  fileprivate var summary: String {
    switch kind {
    case .alnum, .digits, .django, .password, .wordpress: "\(size) random characters, \(kind.rawValue)"
    case .diceware: "\(size) random words"
    case .uuid: "a random UUID"
    default: "\(size) random bytes, \(kind.rawValue)"
    }
  }
}
