import CfgKitDotEnv
import CfgKitSecrets

/// All that the loop of a member has in its hands.
struct MemberTurn {
  private typealias Served = (document: Document, project: ServedProject)

  private let setup: MemberRun.Setup
  private let store: any MemberStore
  private let serve: @Sendable (Document) throws -> ServedProject
  private let tell: @Sendable (SupervisorNote) -> Void
  private let inbox: AsyncStream<MemberRun.Input>.Continuation
  private let outbox: AsyncStream<MemberRequest>.Continuation
  private var supervisor: Supervisor
  /// What can be started, by its revision.
  private var served: [Int64: Served] = [:]
  private var children: [Int: ChildProcess] = [:]
  private var kept: MemberState.Kept?
  private var watch = 0
  private var watching: Task<Void, Never>?
  private var sleeping: Task<Void, Never>?
  private var checking: Task<Void, Never>?
  /// What to end with, once it is over.
  private(set) var exitCode: Int32?

  init(
    _ setup: MemberRun.Setup, _ store: any MemberStore,
    _ serve: @escaping @Sendable (Document) throws -> ServedProject,
    _ tell: @escaping @Sendable (SupervisorNote) -> Void, _ inbox: AsyncStream<MemberRun.Input>.Continuation,
    _ outbox: AsyncStream<MemberRequest>.Continuation
  ) {
    self.setup = setup
    self.store = store
    self.serve = serve
    self.tell = tell
    self.inbox = inbox
    self.outbox = outbox
    var terms = setup.terms
    terms.leaseLife = store.leaseLife
    supervisor = Supervisor(terms)
  }

  /// Begins with what the last process left.
  mutating func begin() {
    kept = try? setup.state?.load()
    var saved: SavedMember?
    if let kept, kept.place.claim.fence == setup.terms.fence {
      let snapshot = kept.served.flatMap { admit($0.document, $0.revision) }
      saved = SavedMember(place: kept.place, isOnRoster: kept.isOnRoster, snapshot: snapshot)
    }
    take(.event(.begin(saved: saved)))
  }

  /// Lets go of everything.
  mutating func end() {
    for task in [watching, sleeping, checking] { task?.cancel() }
    for child in children.values { child.signal(9) }
    outbox.finish()
    inbox.finish()
  }

  mutating func take(_ input: MemberRun.Input) {
    switch input {
    case .event(let event): give(event)
    case .wake:
      for timer in SupervisorTimer.allCases {
        if let due = supervisor.timers[timer], due <= .now { give(.due(timer)) }
      }
    case .signal(let number):
      if PassedSignals.ending.contains(number) {
        give(.stop(signal: number))
      } else {
        for child in children.values { child.signal(number) }
      }
    case .change(let change, let number):
      if number == watch, let event = event(of: change) { give(event) }
    case .watchEnded(let number):
      guard number == watch else { return }
      tell(.watchEnded)
      follow(after: .seconds(5))
    }
    sleep()
  }

  private mutating func give(_ event: SupervisorEvent) {
    if case .exited(let number, _) = event { children[number] = nil }
    for effect in supervisor.take(event, at: .now) { carryOut(effect) }
    let needed = [supervisor.running, supervisor.newest, supervisor.good, supervisor.saved?.snapshot]
      .compactMap { $0?.revision }
    served = served.filter { needed.contains($0.key) }
  }

  private mutating func carryOut(_ effect: SupervisorEffect) {
    switch effect {
    case .join:
      do throws(SecretError) {
        ask(.join(MemberClaim(setup.name, holder: try OperationID(), fence: setup.terms.fence)))
      } catch {
        inbox.yield(.event(.storeAway))
      }
    case .rejoin(let place, let revision, let rings): ask(.rejoin(place, said(revision, rings)))
    case .renew(let place): ask(.renew(place))
    case .acknowledge(let place, let revision, let rings): ask(.acknowledge(place, said(revision, rings)))
    case .takeSlot(let place): ask(.takeSlot(place, of: setup.terms.maximumUnavailable))
    case .freeSlot(let place): ask(.freeSlot(place, of: setup.terms.maximumUnavailable))
    case .leave(let place): leave(place)
    case .follow: follow()
    case .start(let number, let snapshot): start(number, snapshot)
    case .reload(let number, let snapshot): reload(number, snapshot)
    case .signal(let number, let signal): children[number]?.signal(signal)
    case .kill(let number): children[number]?.signal(9)
    case .save(let place, let snapshot): save(place, snapshot)
    case .report(let note): tell(note)
    case .exit(let code): exitCode = code
    }
  }

  // MARK: The store

  private func ask(_ request: MemberRequest) { outbox.yield(request) }

  private func said(_ revision: Int64?, _ rings: [String: RingReport]) -> Acknowledgement {
    Acknowledgement(revision: revision, rings: rings, time: .now)
  }

  private func leave(_ place: MemberPlace) {
    ask(.leave(place, setup.state))
    // A store that is away must not keep a machine from shutting down.
    let inbox = inbox
    Task {
      try? await Task.sleep(for: .seconds(5))
      inbox.yield(.event(.left))
    }
  }

  /// Reads the document anew, and follows it from there.
  private mutating func follow(after pause: Duration = .zero) {
    watching?.cancel()
    watch += 1
    let (store, inbox, number) = (store, inbox, watch)
    watching = Task {
      if pause > .zero { try? await Task.sleep(for: pause) }
      do {
        // A watch tells of documents, and of none only when there was one.
        if await Self.isAbsent(store) { inbox.yield(.change(.removed, watch: number)) }
        for try await change in store.watch(after: .absent) { inbox.yield(.change(change, watch: number)) }
      } catch {}
      if !Task.isCancelled { inbox.yield(.watchEnded(watch: number)) }
    }
  }

  private static func isAbsent(_ store: any MemberStore) async -> Bool {
    do throws(StoreError) {
      _ = try await store.load()
      return false
    } catch {
      return error.code == .notFound
    }
  }

  private mutating func event(of change: StoreChange) -> SupervisorEvent? {
    switch change {
    case .document(let document, let version):
      guard let revision = version.revision, let snapshot = admit(document, revision) else {
        return .invalidDocument
      }
      return .document(snapshot)
    case .removed:
      tell(.noDocument)
      return nil
    case .resync, .stale: return nil
    }
  }

  /// Makes a document ready to be started with; nil if it is not valid.
  private mutating func admit(_ document: Document, _ revision: Int64) -> Snapshot? {
    guard let project = try? serve(document), let snapshot = try? project.snapshot(revision) else {
      return nil
    }
    served[revision] = (document, project)
    return snapshot
  }

  // MARK: The command

  private mutating func start(_ number: Int, _ snapshot: Snapshot) {
    guard let (document, project) = served[snapshot.revision], materialize(document) else {
      inbox.yield(.event(.exited(child: number, code: SupervisorTerms.tryAgain)))
      return
    }
    let inbox = inbox
    children[number] = ChildProcess.start(setup.command, project.environment) { code in
      inbox.yield(.event(.exited(child: number, code: code)))
    }
    check(number, setup.readiness, project.environment)
  }

  private mutating func reload(_ number: Int, _ snapshot: Snapshot) {
    guard let (document, project) = served[snapshot.revision], materialize(document) else {
      inbox.yield(.event(.notReady(child: number)))
      return
    }
    if case .reload(let signal?) = setup.terms.onChange { children[number]?.signal(signal) }
    check(number, setup.readiness, project.environment, after: .seconds(2))
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

  private func materialize(_ document: Document) -> Bool {
    guard let path = setup.materialized else { return true }
    do {
      try FileStore(path).update(createIfAbsent: true, makesPrivate: true) { $0 = document }
      return true
    } catch {
      tell(.notSaved)
      return false
    }
  }

  private mutating func save(_ place: MemberPlace, _ snapshot: Snapshot?) {
    guard let state = setup.state else { return }
    var new = MemberState.Kept(place: place, isOnRoster: true, served: kept?.served)
    if let snapshot, let (document, _) = served[snapshot.revision] {
      new.served = (document, snapshot.revision)
    }
    kept = new
    do { try state.save(new) } catch { tell(.notSaved) }
  }

  // MARK: The clock

  private mutating func sleep() {
    sleeping?.cancel()
    guard let first = supervisor.timers.values.min() else { return }
    let inbox = inbox
    sleeping = Task {
      guard (try? await Task.sleep(until: first, clock: .continuous)) != nil else { return }
      inbox.yield(.wake)
    }
  }
}
