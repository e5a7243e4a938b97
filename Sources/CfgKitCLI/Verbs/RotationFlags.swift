import CfgKit
import CfgKitSecrets

/// What the flags of `rotate-secret` ask for.
struct RotationFlags {
  /// A change, or one of the two questions.
  enum Step {
    case change(Rotation.Step)
    case check, status
  }

  /// What to do.
  let step: Step
  private let verb: RotateSecret

  init(_ verb: RotateSecret) throws(Failure) {
    self.verb = verb
    let chosen: [(Bool, Step)] = [
      (verb.prepare, .change(.prepare)), (verb.promote, .change(.promote)), (verb.retire, .change(.retire)),
      (verb.abort, .change(.abort)), (verb.resume, .change(.resume)),
      (verb.compromised, .change(.compromised)),
      (verb.check, .check), (verb.status, .status),
    ].filter(\.0)
    guard chosen.count <= 1 else {
      throw .usage(
        "only one of --prepare, --promote, --retire, --abort, --resume, --compromised, --status and --check")
    }
    step = chosen.first?.1 ?? .change(.rotate)
    let isPlain = chosen.isEmpty
    if verb.dropPrevious, verb.keepPrevious {
      throw .usage("--drop-previous and --keep-previous exclude each other")
    }
    if verb.dropPrevious || verb.keepPrevious, !isPlain {
      throw .usage("--drop-previous and --keep-previous belong to a rotation in one step")
    }
    guard [!verb.keys.isEmpty, verb.due, verb.all].count(where: \.self) <= 1 else {
      throw .usage("KEY, --due and --all exclude each other")
    }
    if verb.grace != nil, !(isPlain || verb.promote || verb.retire || verb.abort || verb.resume) {
      throw .usage("--grace is for a step after which an old key stays accepted, or goes")
    }
    if verb.stdin {
      guard isPlain || verb.prepare || verb.compromised else { throw .usage("this step takes no new value") }
      guard verb.keys.count == 1 else { throw .usage("--stdin is for one KEY") }
    }
    if case .change = step, verb.keys.isEmpty, !verb.due, !verb.all {
      throw .usage("name a KEY, or say --due or --all")
    }
  }

  /// The change, with the new value read and the question asked.
  func request(_ step: Rotation.Step, _ project: Project, _ console: Console) throws -> Rotation.Request {
    var keys = verb.keys
    if verb.due { keys = try RotationOverview(in: project).dueKeys }
    if verb.all { keys = try RotationOverview(in: project).keys }
    var request = Rotation.Request(step, of: keys)
    request.dropsPrevious = verb.dropPrevious
    request.grace = verb.grace?.duration
    request.isConfirmed = verb.yes || verb.dryRun
    if verb.stdin, let key = verb.keys.first {
      request.value = try ValueSource(stdin: true).read(for: key, console)
    }
    if step == .compromised, !request.isConfirmed, !keys.isEmpty {
      guard console.mayAsk, let prompt = Prompt() else {
        throw Failure.usage("everybody signs in again; say that you mean it with --yes")
      }
      guard try prompt.confirms("Replace \(keys.joined(separator: ", ")), so that everybody signs in again?")
      else {
        throw Failure.declined
      }
      request.isConfirmed = true
    }
    return request
  }
}
