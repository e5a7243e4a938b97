import Synchronization
import SystemPackage

/// Follows the files of a project, or the store in their place, and gives every checked state of them, as an asynchronous sequence.
///
///     let watcher = try ConfigWatcher(Config.loadOrExit(App.schema))
///     for await config in watcher {  // first the present one
///       limiter.limit = config[App.rateLimit]
///     }
///
/// A file counts once it has stood still for `debounce`, so a file that is being written is not read half; files that never rest are
/// taken as they are after a second, or after twice that time if it is longer. One that is written to is waited for until it is closed, as
/// far as the system tells, for at most five seconds. What is not valid then never
/// becomes a `Config`: `current` stays what it was, and `refusals` tells what is wrong. Files that are replaced, removed and made again,
/// or reached through links that are turned elsewhere, are followed. The project's folder is that of the beginning, and so are the
/// environment variables: while the folder is gone, that is a refusal.
///
/// A configuration that was loaded from a store is followed there, beside its `.env.schema`. An outage of the store changes nothing.
///
/// Files are followed while somebody wants to know: while the sequence, or `refusals`, is iterated, or while `run()` runs.
public final class ConfigWatcher: Sendable {
  private struct State {
    var current: Config
    var refusal: ConfigError?
    /// What the files held when they were last judged.
    var judged: Sighting
    /// The newest that could be read.
    var project: Project
    /// What the store holds, or why nobody knows; nil where there is none.
    var stored: Result<StoredDocument, ProjectError>?
    var snapshots: [UInt64: AsyncStream<Config>.Continuation] = [:]
    var refusals: [UInt64: AsyncStream<ConfigError>.Continuation] = [:]
    var subscriptions: UInt64 = 0
    var following: Task<Void, Never>?
    /// How often somebody began to follow: what one that was cancelled still learns of the store counts for nothing.
    var rounds: UInt64 = 0
  }

  /// How long files that keep changing are waited for.
  private static let mostUnrest = Duration.seconds(1)
  /// How long a file that is written to is waited for until it is closed. One that stays open is believed then.
  private static let mostWriting = Duration.seconds(5)
  /// Less would only wear out a core.
  private static let leastInterval = Duration.milliseconds(100)

  private let options: Project.Options
  private let schema: Schema?
  private let debounce: Duration
  private let interval: Duration
  private let usesNotices: Bool
  private let state: Mutex<State>

  /// Follows the files that a configuration was loaded from, and reads them as it did.
  ///
  /// Make it before `Project.scrubEnvironment()`: the values of environment variables are copied here, into guarded memory.
  ///
  /// - Parameters:
  ///   - config: the present configuration. One that was read from standard input cannot be followed.
  ///   - debounce: how long the files have to stand still before they are believed; less than nothing counts as nothing.
  ///   - interval: how often to look where the system tells of no changes: on macOS, on network file systems, or when its notices are
  ///     used up; and how long to leave alone a store that refused to be read. Elsewhere a change is seen at once. At least 100 ms:
  ///     less, zero and what is below it count as that.
  /// - Throws: `ConfigError` for standard input, or when guarded memory is not to be had.
  public convenience init(
    _ config: Config, debounce: Duration = .milliseconds(50), interval: Duration = .seconds(5)
  ) throws(ConfigError) {
    try self.init(
      config, debounce: Swift.max(debounce, .zero), interval: Swift.max(interval, Self.leastInterval),
      usesNotices: true)
  }

  /// `usesNotices`: whether the system is asked for notices; else files are only looked at every `interval`.
  package init(_ config: Config, debounce: Duration, interval: Duration, usesNotices: Bool)
    throws(ConfigError)
  {
    let project = config.project
    var options = project.options
    guard !options.files.contains("-") else {
      throw ConfigError(ProjectError(.usage, "standard input cannot be followed; name a file"))
    }
    // Neither a later change of the working directory nor one of the environment leads elsewhere, and reading the environment from
    // another thread is not safe.
    options.directory = ShownPath.absolute(options.directory)
    // Nor do files of the folders above take their place while the project's own is being replaced.
    if (try? ProjectSearch.exists(project.root)) == true { options.root = project.root }
    options.files = options.files.map(ShownPath.absolute)
    options.schemaPath = options.schemaPath.map(ShownPath.absolute)
    do { options.environment = try options.environment.captured() } catch {
      throw ConfigError(ProjectError(error))
    }
    self.options = options
    schema = project.declaredSchema
    self.debounce = debounce
    self.interval = interval
    self.usesNotices = usesNotices
    state = Mutex(
      State(
        current: config, judged: Sighting(project), project: project,
        stored: options.stored.map { .success($0) }))
  }

  /// The newest checked configuration. It is as of the last look: see when files are followed.
  public var current: Config { state.withLock { $0.current } }

  /// What keeps the newest files from being used; nil while `current` is what they say.
  public var refusal: ConfigError? { state.withLock { $0.refusal } }

  /// What was wrong each time that changed files were not valid, and first what is wrong at present. The newest only, if its reader is slow.
  public var refusals: Refusals { Refusals(watcher: self) }

  /// Follows the files until the task is cancelled, then returns: a `Service` of swift-service-lifecycle, but for its graceful shutdown,
  /// which `CfgKitConfiguration` adds.
  public func run() async {
    for await _ in refusals {}
  }
}

extension ConfigWatcher: CustomStringConvertible, CustomReflectable {
  /// The present configuration's keys and where they come from; no value.
  public var description: String { "ConfigWatcher(\(current))" }

  /// Without children, so that `dump` and mirrors find nothing.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

// MARK: - Sequences

extension ConfigWatcher: AsyncSequence {
  /// The present configuration, then each newer one. A reader that is slow gets the newest and misses those between.
  public func makeAsyncIterator() -> AsyncStream<Config>.Iterator {
    subscribe(to: \.snapshots) { $0.current }
  }

  /// What is wrong with files that are not valid.
  public struct Refusals: AsyncSequence, Sendable {
    let watcher: ConfigWatcher

    /// The present refusal, if there is one, then each newer one.
    public func makeAsyncIterator() -> AsyncStream<ConfigError>.Iterator {
      watcher.subscribe(to: \.refusals) { $0.refusal }
    }
  }

  private func subscribe<Element: Sendable>(
    to readers: any WritableKeyPath<State, [UInt64: AsyncStream<Element>.Continuation]> & Sendable,
    beginningWith first: (State) -> Element?
  ) -> AsyncStream<Element>.Iterator {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Element.self, bufferingPolicy: .bufferingNewest(1))
    state.withLock { state in
      state.subscriptions += 1
      let subscription = state.subscriptions
      state[keyPath: readers][subscription] = continuation
      if let first = first(state) { continuation.yield(first) }
      continuation.onTermination = { [weak self] _ in self?.unsubscribe(subscription, from: readers) }
      if state.following == nil {
        // No child of whoever came first: it ends with the last reader.
        state.rounds += 1
        let round = state.rounds
        state.following = Task.detached { await self.follow(round) }
      }
    }
    return stream.makeAsyncIterator()
  }

  private func unsubscribe<Element: Sendable>(
    _ subscription: UInt64,
    from readers: any WritableKeyPath<State, [UInt64: AsyncStream<Element>.Continuation]> & Sendable
  ) {
    let idle = state.withLock { state -> Task<Void, Never>? in
      state[keyPath: readers][subscription] = nil
      guard state.snapshots.isEmpty, state.refusals.isEmpty else { return nil }
      defer { state.following = nil }
      return state.following
    }
    idle?.cancel()
  }
}

// MARK: - Following

extension ConfigWatcher {
  /// Looks whenever there is a hint, until the task is cancelled.
  private func follow(_ round: UInt64) async {
    let hints = FileHints(every: interval, usesNotices: usesNotices)
    await withDiscardingTaskGroup { group in
      if let store = options.stored?.store {
        // Whoever followed before may have ended with a refusal, and the document may be what it was.
        let known = try? state.withLock { $0.stored }?.get().version
        group.addTask {
          await store.follow(after: known, every: self.interval) { stored in
            self.state.withLock { state in
              if state.rounds == round { state.stored = stored }
            }
            hints.hint()
          }
        }
      }
      await look(for: hints, round)
      for await _ in hints.hints { await look(for: hints, round) }
      group.cancelAll()
    }
  }

  private func sighting() -> Sighting { Sighting(options, state.withLock { $0.stored }, schema) }

  /// Looks once, and judges what is new; again while new folders come in, since what changed before they were watched made no hint.
  private func look(for hints: FileHints, _ round: UInt64) async {
    repeat {
      let seen = sighting()
      if !seen.isSame(as: state.withLock { $0.judged }) {
        guard let settled = await settled(after: seen, hints) else { return }
        judge(settled, round)
      }
    } while hints.follow(paths) && !Task.isCancelled
  }

  /// What the files hold once they have stood still, or have been waited for long enough; nil if the task was cancelled before.
  private func settled(after first: Sighting, _ hints: FileHints) async -> Sighting? {
    let begun = ContinuousClock.now
    let longest = Swift.max(Self.mostUnrest, debounce * 2)
    var last = first
    while true {
      guard (try? await Task.sleep(for: debounce)) != nil else { return nil }
      // Loaded anew, and all of it as it was a while ago: no file was read in the middle of a change.
      let next = sighting()
      let isUnfinished = hints.hasUnfinished
      let end = begun + (isUnfinished ? Swift.max(longest, Self.mostWriting) : longest)
      if next.isSame(as: last) && !isUnfinished || ContinuousClock.now >= end { return next }
      last = next
    }
  }

  private func judge(_ sighting: Sighting, _ round: UInt64) {
    let config = sighting.config
    state.withLock { state in
      // Whoever follows now has seen what is newer.
      guard state.rounds == round else { return }
      // The files came back to what they were.
      if sighting.isSame(as: state.judged) { return }
      state.judged = sighting
      state.project = sighting.project ?? state.project
      switch config {
      case .success(let config):
        state.current = config
        state.refusal = nil
        for reader in state.snapshots.values { reader.yield(config) }
      case .failure(let error):
        let refusal = error.ofReload
        state.refusal = refusal
        for reader in state.refusals.values { reader.yield(refusal) }
      }
    }
  }

  /// The files of the newest project that could be read, and the schema that may come to be.
  private var paths: Set<FilePath> {
    let project = state.withLock { $0.project }
    return Set(project.versions.keys).union([project.root.appending(".env.schema")])
  }
}
