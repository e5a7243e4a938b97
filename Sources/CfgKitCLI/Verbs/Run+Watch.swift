import CfgKit
import CfgKitDotEnv
import SystemPackage

/// `cfgkit run --watch`: stays beside the command as a member of a fleet.
extension Run {
  /// Runs until the command ends for good.
  func follow(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    guard let stored = reading.stored else {
      throw Failure.usage("--watch follows a store; name one with --store or CFGKIT_STORE")
    }
    guard let store = stored.store as? any MemberStore else {
      throw Failure.usage(
        "\(stored.store.name) tells of no changes and knows no members; leave out --watch, and restart the command when it changes"
      )
    }
    guard !scrubEnvironment else {
      throw Failure.usage("--scrub-environment is for a command that takes the place of cfgkit")
    }
    let project: Project
    do { project = try Project.load(reading) } catch { throw refusal(Failure(error, verb: "run")) }
    let broken = project.schema.findings.filter { $0.severity == .error }
    guard broken.isEmpty || noValidate else {
      // No document of the store mends that.
      console.say(FindingText(style: console.errorStyle, files: project.files).text(broken))
      throw Failure(.refusedToRun, "invalid", "not started: \(counted(broken.count, "error"))")
    }
    let name = watching.member.flatMap { MemberName($0) } ?? MemberName(ofThisHostAnd: project.root)
    let setup = watching.setup(
      CfgKit.Command(lastArguments: command.count), name, try state(of: name, for: store, console),
      fence: project.schema.forgetAfter)
    let log = SupervisorLog(name, asJSON: answersJSON, console)
    let run = MemberRun(setup, store) { document in
      try served(project, document, in: store, log)
    } tell: { note in
      log.say(note)
    }
    return ExitStatus(code: await run.run(PassedSignals.stream()))
  }

  /// What the command gets of a document; says what is wrong with it.
  private func served(
    _ project: Project, _ document: Document, in store: any MemberStore, _ log: SupervisorLog
  ) throws -> ServedProject {
    do {
      let whole = try project.replacing(in: store, with: document)
      let errors = whole.validate(ValidationOptions(facts: .layers)).findings.filter { $0.severity == .error }
      if !errors.isEmpty {
        log.say(errors, of: whole)
        guard noValidate else { throw NotServed() }
      }
      let environment = try ProcessEnvironment(
        of: whole, startingClean: clean, matching: KeyPattern(only).matches)
      return try ServedProject(whole, document: document, environment: environment)
    } catch let error where !(error is NotServed) {
      log.say(Failure(error, verb: "run"))
      throw error
    }
  }

  /// It has been said why.
  private struct NotServed: Error {}

  private func state(of name: MemberName, for store: any MemberStore, _ console: Console) throws
    -> MemberState?
  {
    guard let folder = watching.stateFolder else {
      console.note("note: nothing says where to keep the last good document; name a folder with --state")
      return nil
    }
    let state: MemberState?
    do { state = try MemberState(of: name, in: folder, for: store) } catch {
      let failure = Failure(error, verb: "run")
      throw Failure(
        .refusedToRun, failure.code, "\(failure.message); or name another folder with --state")
    }
    guard let state else {
      throw Failure(
        .busy, "name-held",
        "\(name) runs on this machine already; give this one a name of its own with --member")
    }
    return state
  }
}
