import CfgKitDotEnv

/// A command that a member runs, each time with the environment of a new document.
struct CommandWork: MemberWork {
  private let setup: MemberRun.Setup
  private let tell: @Sendable (SupervisorNote) -> Void
  private let inbox: AsyncStream<MemberRun.Input>.Continuation
  private var children: [Int: ChildProcess] = [:]
  private var checking: Task<Void, Never>?
  /// What the file of the command holds, as far as it was written here.
  private var written: DocumentVersion?

  init(
    _ setup: MemberRun.Setup, _ tell: @escaping @Sendable (SupervisorNote) -> Void,
    _ inbox: AsyncStream<MemberRun.Input>.Continuation
  ) {
    self.setup = setup
    self.tell = tell
    self.inbox = inbox
  }

  mutating func start(_ number: Int, _ served: MemberTurn.Served) {
    guard case .environment(let environment) = served.project.content, materialize(served.document) else {
      inbox.yield(.event(.exited(child: number, code: SupervisorTerms.tryAgain)))
      return
    }
    let inbox = inbox
    children[number] = ChildProcess.start(setup.command, environment) { code in
      inbox.yield(.event(.exited(child: number, code: code)))
    }
    check(number, setup.readiness, environment)
  }

  mutating func reload(_ number: Int, _ served: MemberTurn.Served) {
    guard case .environment(let environment) = served.project.content, materialize(served.document) else {
      inbox.yield(.event(.notReady(child: number)))
      return
    }
    if case .reload(let signal?) = setup.member.terms.onChange { children[number]?.signal(signal) }
    check(number, setup.readiness, environment, after: .seconds(2))
  }

  mutating func signal(_ number: Int, _ signal: Int32) { children[number]?.signal(signal) }

  mutating func pass(_ signal: Int32) {
    for child in children.values { child.signal(signal) }
  }

  mutating func ended(_ number: Int) { children[number] = nil }

  /// The supervisor stops the command itself.
  mutating func mayServe(until fence: ContinuousClock.Instant) {}

  mutating func end() {
    checking?.cancel()
    for child in children.values { child.signal(9) }
  }

  /// - Parameter pause: how long a command may take to read a file; before that it shows only that it served.
  private mutating func check(
    _ number: Int, _ readiness: Readiness, _ environment: ProcessEnvironment, after pause: Duration = .zero
  ) {
    checking?.cancel()
    let (inbox, patience) = (inbox, setup.patience)
    checking = Task {
      if pause > .zero { try? await Task.sleep(for: pause) }
      let isReady = await readiness.wait(upTo: patience, environment)
      if !Task.isCancelled { inbox.yield(.event(isReady ? .ready(child: number) : .notReady(child: number))) }
    }
  }

  private mutating func materialize(_ document: Document) -> Bool {
    guard let path = setup.materialized else { return true }
    let version = try? DocumentVersion(of: document)
    do {
      try FileStore(path).update(createIfAbsent: true, makesPrivate: true) { $0 = document }
      written = version
      return true
    } catch {
      tell(.notSaved)
      // A write that failed has left what was there.
      return version != nil && written == version
    }
  }
}
