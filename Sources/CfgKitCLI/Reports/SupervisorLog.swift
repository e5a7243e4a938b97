import CfgKit

/// What `run --watch` says on stderr, since stdout is the command's: a line for each thing that happens, without any value.
struct SupervisorLog: Sendable {
  private let name: MemberName
  private let asJSON: Bool
  private let console: Console

  init(_ name: MemberName, asJSON: Bool, _ console: Console) {
    self.name = name
    self.asJSON = asJSON
    self.console = console
  }

  /// Something happened.
  func say(_ note: SupervisorNote) {
    let (event, revision, text) = note.words
    guard asJSON else { return console.note("cfgkit: \(name): \(text)") }
    let line = JSON.object([
      ("schemaVersion", .integer(1)), ("time", .string(RotationTime.now.description)),
      ("member", .string(name.description)), ("event", .string(event)),
      ("revision", revision.map { .integer(Int($0)) } ?? .null), ("message", .string(text)),
    ])
    console.note(line.line)
  }

  /// A document is not served with, because of these.
  func say(_ findings: [Finding], of project: Project) {
    guard asJSON else {
      return console.say(FindingText(style: console.errorStyle, files: project.files).text(findings))
    }
    for finding in findings {
      say(
        code: finding.rule.id, Printable.text("\(finding.location.map { "\($0): " } ?? "")\(finding.message)")
      )
    }
  }

  /// A document is not served with, because it cannot be read.
  func say(_ failure: Failure) {
    if asJSON { return say(code: failure.code, Printable.message(failure.message)) }
    console.say("error: \(Printable.message(failure.message))")
  }

  private func say(code: String, _ message: String) {
    console.say(
      JSON.object([
        ("schemaVersion", .integer(1)), ("time", .string(RotationTime.now.description)),
        ("member", .string(name.description)), ("event", .string("error")), ("code", .string(code)),
        ("message", .string(message)),
      ]).line)
  }
}

extension SupervisorNote {
  /// A fixed word for programs, the revision that is meant if one is, and a sentence for people.
  fileprivate var words: (event: String, revision: Int64?, text: String) {
    switch self {
    case .started(let revision): ("started", revision, "started the command with revision \(revision)")
    case .serving(let revision): ("serving", revision, "serving with revision \(revision)")
    case .changing(let revision):
      ("changing", revision, "revision \(revision) is new; the command gets it when its turn comes")
    case .startedFromSaved(let revision):
      ("started-from-saved", revision, "starting with revision \(revision), which was kept on this machine")
    case .savedIsTooOld:
      (
        "saved-is-too-old", nil,
        "what was kept on this machine may be too old, since others may have gone on (forget-after=); --start-stale starts it anyway"
      )
    case .storeAway(_, let why): ("store-away", nil, why)
    case .silent: ("silent", nil, "the lease has run out; the command serves on, and rotations wait for it")
    case .aliveAgain: ("alive-again", nil, "the store knows of this member again")
    case .offRoster:
      ("off-roster", nil, "somebody took this member off the roster; the command stops, and joins again")
    case .fenced:
      ("fenced", nil, "silent for so long that others may go on without it; the command stops")
    case .invalidDocument:
      ("invalid-document", nil, "the document of the store is not valid; nothing changes until it is")
    case .noDocument: ("no-document", nil, "the store holds no document; waiting for one (cfgkit push)")
    case .notReady(let revision):
      ("not-ready", revision, "the command does not serve with revision \(revision)")
    case .goneBack(let revision):
      ("gone-back", revision, "going back to revision \(revision), with which it served")
    case .nameHeld:
      (
        "name-held", nil,
        "another member has this name, or had it until just now; waiting for its lease to run out"
      )
    case .killed: ("killed", nil, "the command did not end in time and was killed")
    case .ended(let code):
      (
        "ended", nil,
        "the command ended with \(code)\(code == 127 ? "; if it was not found, check its name and PATH" : "")"
      )
    case .notSaved:
      ("not-saved", nil, "the document could not be written to this machine (--state, --materialize)")
    case .watchEnded: ("watch-ended", nil, "the store stopped telling of changes; asking again")
    }
  }
}
