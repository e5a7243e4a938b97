#if Etcd
  public import CfgKit
  import CfgKitDotEnv
  import Synchronization
  public import SystemPackage

  /// An application as a member of a fleet: it follows the document of a store, and says there what it serves with, so that a rotation
  /// (`cfgkit rotate-secret KEY --store …`) waits for it. Nothing is restarted for a change.
  ///
  ///     try await FleetMember.with(App.schema, of: store) { member in
  ///       // … for each request:
  ///       guard let snapshot = member.snapshot else { return unavailable }
  ///       let response = handle(request, with: snapshot.config)
  ///       return snapshot.isInForce ? response : unavailable
  ///     }
  ///
  /// It is on the roster before it reads the document, so whoever is not listed holds nothing that a rotation could overtake. One loop
  /// follows the document, says what is served with and renews the lease under which that stands. In an outage of the store the
  /// application serves on, and rotations wait. With `forget-after=` they go on without it after that silence; `snapshot` is gone before.
  public final class FleetMember: Sendable {
    /// A configuration as a request finds it, for the whole of the request.
    public struct Snapshot: Sendable {
      /// The configuration.
      public let config: Config
      /// When others may go on without this member, as was known when this was read; nil for never.
      let fence: ContinuousClock.Instant?

      /// Whether a response that was built with it may be sent. Ask after the response is built: while it was, the store may have been
      /// away for so long that the others went on and know its keys no more. True for ever where no key has `forget-after=`.
      public var isInForce: Bool { fence.map { .now < $0 } ?? true }
    }

    private struct State {
      var config: Config?
      var fence: ContinuousClock.Instant?
      var refusal: ConfigError?
    }

    /// How the roster calls it.
    public let name: String
    private let storeName: String
    private let state = Mutex(State())
    private let (beginning, begun) = AsyncThrowingStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingOldest(1))

    private init(_ name: MemberName, storeName: String) {
      self.name = name.description
      self.storeName = storeName
    }

    /// What to answer a request with; nil while it must not be answered, since others may have gone on: answer with 503 then, so that it
    /// is sent elsewhere. Reading it is a lock for the time of a copy.
    public var snapshot: Snapshot? {
      let (config, fence) = state.withLock { ($0.config, $0.fence) }
      guard let snapshot = config.map({ Snapshot(config: $0, fence: fence) }), snapshot.isInForce else {
        return nil
      }
      return snapshot
    }

    /// What keeps the newest document from being used; nil while `snapshot` is what it says.
    public var refusal: ConfigError? { state.withLock { $0.refusal } }
  }

  // MARK: - Serving

  extension FleetMember {
    /// Joins the roster, loads the document, serves while `body` runs, and leaves the roster after it, also when the task is cancelled.
    ///
    /// - Parameters:
    ///   - schema: the keys, declared in Swift; a `.env.schema` that lies there is not read.
    ///   - options: where to look for what is no `.env` file, and how to read.
    ///   - store: a store of etcd.
    ///   - name: how the roster calls it: 1 to 128 letters, digits, dots, `-` and `_`; nil for host and folder. Each process needs its own.
    ///   - state: a folder of this machine, made if it is not there, for the member's place and the last good document, sealed with a key
    ///     that lies beside them (0600). With it, a process that was killed or crashed starts again while the store is away, with what it
    ///     served with before; not after `forget-after`'s silence may have let the others go on, and not after a clean end, which gave the
    ///     place back. Nil keeps nothing, and such a start fails.
    ///   - body: serves requests; `snapshot` is there when it begins.
    /// - Returns: what `body` gave.
    /// - Throws: what `Config.load(_:_:from:)` throws; `StoreError` of the code `.locked` if somebody alive has the name for longer than a
    ///   lease or another process has its `state`, `.notFound` where there is no document, `.unreachable` where nothing was kept to start
    ///   with, `.address` for a store without members and a name that is none, and that of the folder where `state` cannot be used; or what
    ///   `body` threw.
    @discardableResult
    public static func with<R>(
      _ schema: Schema, _ options: Project.Options = Project.Options(), of store: NetworkStore,
      named name: String? = nil, state: FilePath? = nil, _ body: (FleetMember) async throws -> R
    ) async throws -> R {
      try await with(options, schema: schema, of: store, named: name, state: state, body)
    }

    /// The same by the nearest `.env.schema`, or by `schema`, if it is given.
    ///
    /// - Throws: what the one above throws.
    @discardableResult
    public static func with<R>(
      _ options: Project.Options = Project.Options(), schema: Schema? = nil, of store: NetworkStore,
      named name: String? = nil, state folder: FilePath? = nil, _ body: (FleetMember) async throws -> R
    ) async throws -> R {
      guard let members = store.documents as? any MemberStore else {
        throw StoreError(
          .address, place: store.name,
          "\(store.name) tells of no changes and knows no members; load a Config from it, and restart when it changes"
        )
      }
      var options = options
      // Reading the environment from another thread is not safe.
      options.environment = try options.environment.captured()
      let project = try await project(options, schema, members, mayStartAlone: folder != nil)
      guard let name = name.map({ MemberName($0) }) ?? MemberName(ofThisHostAnd: project.root) else {
        throw StoreError(
          .address, place: store.name,
          "a member's name has 1 to 128 letters, digits, dots, - and _; name it so, or leave the name out")
      }
      let member = FleetMember(name, storeName: store.name)
      let state = try folder.map { try member.state(name, in: $0, for: members) }
      return try await member.serve(project, name, members, state, body)
    }

    /// The project as it is without the store's document, or with it where the store answers: who loads says what is wrong better than who
    /// only follows. What was read is not served with: the member has no place yet.
    private static func project(
      _ options: Project.Options, _ schema: Schema?, _ store: any MemberStore, mayStartAlone: Bool
    ) async throws -> Project {
      if mayStartAlone, await isAway(store) {
        var options = options
        options.stored = StoredDocument(unreadOf: store)
        return try Project.load(options, schema: schema)
      }
      let project = try await Config.load(options, schema: schema, from: store).project
      guard project.options.stored?.document != nil else { throw StoreError.noDocument(at: store.name) }
      return project
    }

    private static func isAway(_ store: any MemberStore) async -> Bool {
      do throws(StoreError) {
        _ = try await store.load()
        return false
      } catch {
        return error.code == .unreachable
      }
    }

    private func state(
      _ name: MemberName, in folder: FilePath, for store: any MemberStore
    ) throws -> MemberState {
      guard let state = try MemberState(of: name, in: folder, for: store) else { throw nameIsHeld }
      return state
    }

    private func serve<R>(
      _ project: Project, _ name: MemberName, _ store: any MemberStore, _ state: MemberState?,
      _ body: (FleetMember) async throws -> R
    ) async throws -> R {
      let application = ServedApplication(
        swap: { config in self.swap(config) }, mayServe: { fence in self.state.withLock { $0.fence = fence } }
      )
      let run = MemberRun(
        name, store, fence: project.schema.forgetAfter, state: state, application: application,
        serve: { document in try self.check(document, project, store) }, tell: { note in self.hear(note) })
      let (stops, stop) = AsyncStream.makeStream(of: Int32.self)
      // No child of this task: it gives the place back when the task is cancelled.
      let running = Task.detached {
        _ = await run.run(stops)
        self.begun.finish(throwing: self.nameIsHeld)
      }
      func leave() async {
        stop.yield(PassedSignals.ending[0])
        await running.value
      }
      do {
        for try await _ in beginning { break }
        try Task.checkCancellation()
        let result = try await body(self)
        await leave()
        return result
      } catch {
        await leave()
        throw error
      }
    }

    private var nameIsHeld: StoreError {
      StoreError(
        .locked, place: storeName,
        "\(name) is a member of \(storeName) already; give each process a name of its own")
    }

    private func swap(_ config: Config?) {
      state.withLock { state in
        state.config = config
        if config != nil { state.refusal = nil }
      }
      if config != nil { begun.yield() }
    }

    private func check(_ document: Document, _ project: Project, _ store: any MemberStore) throws
      -> ServedProject
    {
      do throws(ConfigError) {
        return try ServedProject(checking: project, in: store, with: document)
      } catch {
        refuse(error)
        throw error
      }
    }

    private func refuse(_ error: ConfigError) {
      let isAtWork = state.withLock { state in
        state.refusal = state.config == nil ? error : error.ofReload
        return state.config != nil
      }
      if !isAtWork { begun.finish(throwing: error) }
    }

    /// What comes before the first document ends the start; later it is no more than a delay.
    private func hear(_ note: SupervisorNote) {
      switch note {
      // It is at work already if it started with what was kept.
      case .storeAway(let code, let why) where state.withLock({ $0.config == nil }):
        begun.finish(throwing: StoreError(code, place: storeName, why))
      case .noDocument: begun.finish(throwing: StoreError.noDocument(at: storeName))
      default: break
      }
    }
  }
#endif
