#if SwiftConfiguration
  public import CfgKit
  public import Configuration
  public import ServiceLifecycle

  /// A provider of swift-configuration over a `ConfigWatcher`: what it gives is always checked, and newer when the files are.
  ///
  ///     let provider = ReloadingCfgKitProvider(try ConfigWatcher(Config.load(App.schema)))
  ///     let reader = ConfigReader(provider: provider)
  ///     let group = ServiceGroup(services: [provider, server], gracefulShutdownSignals: [.sigterm], logger: logger)
  ///
  /// Files are followed while the service runs, or while somebody watches a value. Files that are not valid change nothing; see
  /// `ConfigWatcher.refusals`. Keys, secrets and types are as in `CfgKitProvider`.
  public struct ReloadingCfgKitProvider: Sendable {
    private let watcher: ConfigWatcher

    /// The provider of what this watcher finds.
    public init(_ watcher: ConfigWatcher) { self.watcher = watcher }

    private var current: CfgKitProvider { CfgKitProvider(watcher.current) }
  }

  extension ReloadingCfgKitProvider: ConfigProvider {
    /// `ReloadingCfgKitProvider`.
    public var providerName: String { "ReloadingCfgKitProvider" }

    /// The present value of a key; none if it is unset or empty.
    ///
    /// - Throws: `ConfigError` of CfgKit if the value is not of this type.
    public func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
      try current.value(forKey: key, type: type)
    }

    /// The same value; nothing is fetched.
    ///
    /// - Throws: what `value(forKey:type:)` throws.
    public func fetchValue(forKey key: AbsoluteConfigKey, type: ConfigType) async throws -> LookupResult {
      try value(forKey: key, type: type)
    }

    /// The present value, then each one that differs from the last.
    ///
    /// - Throws: what `updatesHandler` throws; a value that is not of this type is an element of the sequence, as a failure.
    public func watchValue<Return: ~Copyable>(
      forKey key: AbsoluteConfigKey, type: ConfigType,
      updatesHandler: (ConfigUpdatesAsyncSequence<Result<LookupResult, any Error>, Never>) async throws ->
        Return
    ) async throws -> Return {
      let values = watcher.map { config in
        Result { try CfgKitProvider(config).value(forKey: key, type: type) }
      }
      return try await updatesHandler(ConfigUpdatesAsyncSequence(DifferingValues(base: values)))
    }

    /// The present state; it does not change.
    public func snapshot() -> any ConfigSnapshot { current }

    /// The present state, then each newer one.
    ///
    /// - Throws: what `updatesHandler` throws.
    public func watchSnapshot<Return: ~Copyable>(
      updatesHandler: (ConfigUpdatesAsyncSequence<any ConfigSnapshot, Never>) async throws -> Return
    ) async throws -> Return {
      try await updatesHandler(
        ConfigUpdatesAsyncSequence(watcher.map { config -> any ConfigSnapshot in CfgKitProvider(config) }))
    }
  }

  extension ReloadingCfgKitProvider: Service {
    /// Follows the files until the task is cancelled or the service group shuts down. It never throws.
    public func run() async throws {
      await cancelWhenGracefulShutdown { await watcher.run() }
    }
  }

  extension ReloadingCfgKitProvider: CustomStringConvertible, CustomReflectable {
    /// The keys and where they come from; no value.
    public var description: String { "ReloadingCfgKitProvider(\(watcher.current))" }

    /// Without children, so that `dump` and mirrors find nothing.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
  }

  /// The values that differ from the one before. Any two failures are alike.
  private struct DifferingValues<Base: AsyncSequence & Sendable>: AsyncSequence, Sendable
  where Base.Element == Result<LookupResult, any Error>, Base.Failure == Never {
    let base: Base

    func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
      var base: Base.AsyncIterator
      private var isFirst = true
      private var last: LookupResult?

      init(base: Base.AsyncIterator) { self.base = base }

      mutating func next(isolation actor: isolated (any Actor)?) async -> Base.Element? {
        while let element = await base.next(isolation: actor) {
          let value = try? element.get()
          if isFirst || value != last {
            isFirst = false
            last = value
            return element
          }
        }
        return nil
      }

      mutating func next() async -> Base.Element? { await next(isolation: nil) }
    }
  }
#endif
