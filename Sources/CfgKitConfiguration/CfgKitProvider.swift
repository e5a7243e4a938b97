#if SwiftConfiguration
  public import CfgKit
  public import Configuration

  /// A checked `Config` as a provider of swift-configuration.
  ///
  ///     let reader = ConfigReader(provider: CfgKitProvider(Config.loadOrExit(App.schema)))
  ///     let store = reader.string(forKey: "session.store", default: "memory")  // SESSION_STORE
  ///
  /// A key finds the name that swift-configuration's own environment provider would look for: an underscore where a capital follows a
  /// small letter, everything in capitals, `_` for whatever is neither letter nor digit, and the components joined by `_`. So
  /// `http.serverTimeout` is `HTTP_SERVER_TIMEOUT`. Names that have small letters in the file cannot be reached.
  ///
  /// A value is a secret where the schema, or the name, says so, whatever the call says. What is read through here is a plain copy that
  /// nobody can wipe; `Config.secret` keeps a secret in guarded memory. Use this provider alone: its layers are in their order already, and
  /// another provider above or below it would be a second one.
  public struct CfgKitProvider: Sendable {
    private let config: Config

    /// The provider of this configuration, which never changes; for one that does: `ReloadingCfgKitProvider`.
    public init(_ config: Config) { self.config = config }
  }

  extension CfgKitProvider: ConfigSnapshot, ConfigProvider {
    /// `CfgKitProvider`.
    public var providerName: String { "CfgKitProvider" }

    /// The value of a key; none if it is unset or empty.
    ///
    /// - Throws: `ConfigError` of CfgKit if the value is not of this type. The message names the key and its place, never the value.
    public func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
      let name = VariableName(key).text
      let content = try config.content(of: name, as: type)
      return LookupResult(
        encodedKey: name, value: content.map { ConfigValue($0, isSecret: config.isSensitive(name)) })
    }

    /// The same value; nothing is fetched.
    ///
    /// - Throws: what `value(forKey:type:)` throws.
    public func fetchValue(forKey key: AbsoluteConfigKey, type: ConfigType) async throws -> LookupResult {
      try value(forKey: key, type: type)
    }

    /// The value once, and no other.
    ///
    /// - Throws: what `updatesHandler` throws; a value that is not of this type is an element of the sequence, as a failure.
    public func watchValue<Return: ~Copyable>(
      forKey key: AbsoluteConfigKey, type: ConfigType,
      updatesHandler: (ConfigUpdatesAsyncSequence<Result<LookupResult, any Error>, Never>) async throws ->
        Return
    ) async throws -> Return {
      try await watchValueFromValue(forKey: key, type: type, updatesHandler: updatesHandler)
    }

    /// Itself.
    public func snapshot() -> any ConfigSnapshot { self }

    /// The snapshot once, and no other.
    ///
    /// - Throws: what `updatesHandler` throws.
    public func watchSnapshot<Return: ~Copyable>(
      updatesHandler: (ConfigUpdatesAsyncSequence<any ConfigSnapshot, Never>) async throws -> Return
    ) async throws -> Return {
      try await watchSnapshotFromSnapshot(updatesHandler: updatesHandler)
    }
  }

  extension CfgKitProvider: CustomStringConvertible, CustomReflectable {
    /// The keys and where they come from; no value.
    public var description: String { "CfgKitProvider(\(config))" }

    /// Without children, so that `dump` and mirrors find nothing.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
  }
#endif
