import CfgKitDotEnv
import CfgKitSecrets

/// All that the loop of a member has in its hands.
struct MemberTurn {
  /// A document that can be served with.
  typealias Served = (document: Document, project: ServedProject)

  private let member: MemberRun.Member
  private let store: any MemberStore
  private let serve: @Sendable (Document) throws -> ServedProject
  private let tell: @Sendable (SupervisorNote) -> Void
  private let inbox: AsyncStream<MemberRun.Input>.Continuation
  private let outbox: AsyncStream<MemberRequest>.Continuation
  private var supervisor: Supervisor
  /// What can be started, by its revision.
  private var served: [Int64: Served] = [:]
  private var work: any MemberWork
  private var kept: MemberState.Kept?
  /// What was said last of a store that does not answer.
  private var toldProblem: String?
  private var watch = 0
  private var watching: Task<Void, Never>?
  private var sleeping: Task<Void, Never>?
  /// What to end with, once it is over.
  private(set) var exitCode: Int32?

  init(
    _ member: MemberRun.Member, _ work: any MemberWork, _ store: any MemberStore,
    _ serve: @escaping @Sendable (Document) throws -> ServedProject,
    _ tell: @escaping @Sendable (SupervisorNote) -> Void, _ inbox: AsyncStream<MemberRun.Input>.Continuation,
    _ outbox: AsyncStream<MemberRequest>.Continuation
  ) {
    self.member = member
    self.work = work
    self.store = store
    self.serve = serve
    self.tell = tell
    self.inbox = inbox
    self.outbox = outbox
    var terms = member.terms
    terms.leaseLife = store.leaseLife
    supervisor = Supervisor(terms)
  }

  /// Begins with what the last process left.
  mutating func begin() {
    kept = try? member.state?.load()
    var saved: SavedMember?
    if let kept, kept.place.claim.fence == member.terms.fence {
      let snapshot = kept.served.flatMap { admit($0.document, $0.revision) }
      saved = SavedMember(place: kept.place, isOnRoster: kept.isOnRoster, snapshot: snapshot)
    }
    take(.event(.begin(saved: saved)))
  }

  /// Lets go of everything.
  mutating func end() {
    for task in [watching, sleeping] { task?.cancel() }
    work.end()
    outbox.finish()
    inbox.finish()
  }

  mutating func take(_ input: MemberRun.Input) {
    switch input {
    case .event(let event):
      if [.joined, .renewed].contains(event.kind) { toldProblem = nil }
      give(event)
    case .failed(let error): fail(error)
    case .wake:
      for timer in SupervisorTimer.allCases {
        if let due = supervisor.timers[timer], due <= .now { give(.due(timer)) }
      }
    case .signal(let number):
      if PassedSignals.ending.contains(number) {
        give(.stop(signal: number))
      } else {
        work.pass(number)
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

  /// Says it once, however often it is tried again.
  private mutating func fail(_ error: StoreError) {
    let hasStarted = supervisor.started > 0 || supervisor.startable != nil
    give(.storeAway)
    if toldProblem != error.message { tell(.storeAway(error.code, why: error.message)) }
    toldProblem = error.message
    // Who has nothing to serve with, and would wait for what does not pass by itself, ends.
    if !hasStarted, !error.code.mayPass { exitCode = SupervisorTerms.refused }
  }

  private mutating func give(_ event: SupervisorEvent) {
    if case .exited(let number, _) = event { work.ended(number) }
    let effects = supervisor.take(event, at: .now)
    if let fence = supervisor.timers[.fence] { work.mayServe(until: fence) }
    for effect in effects { carryOut(effect) }
    let needed = [supervisor.running, supervisor.newest, supervisor.good, supervisor.saved?.snapshot]
      .compactMap { $0?.revision }
    served = served.filter { needed.contains($0.key) }
  }

  private mutating func carryOut(_ effect: SupervisorEffect) {
    switch effect {
    case .join:
      do throws(SecretError) {
        ask(.join(MemberClaim(member.name, holder: try OperationID(), fence: member.terms.fence)))
      } catch {
        inbox.yield(.failed(StoreError(.memory, place: store.name, error.message)))
      }
    case .rejoin(let place, let revision, let rings): ask(.rejoin(place, said(revision, rings)))
    case .renew(let place): ask(.renew(place))
    case .acknowledge(let place, let revision, let rings): ask(.acknowledge(place, said(revision, rings)))
    case .takeSlot(let place): ask(.takeSlot(place, of: member.terms.maximumUnavailable))
    case .freeSlot(let place): ask(.freeSlot(place))
    case .leave(let place): leave(place)
    case .follow: follow()
    // What the supervisor asks to start is always among what it may still need.
    case .start(let number, let snapshot):
      if let served = served[snapshot.revision] { work.start(number, served) }
    case .reload(let number, let snapshot):
      if let served = served[snapshot.revision] { work.reload(number, served) }
    case .signal(let number, let signal): work.signal(number, signal)
    case .kill(let number): work.signal(number, 9)
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
    ask(.leave(place, member.state))
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

  private mutating func save(_ place: MemberPlace, _ snapshot: Snapshot?) {
    guard let state = member.state else { return }
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
