#if Etcd
  public import CfgKit

  extension Config {
    /// Loads every layer with a store's document in the place of the `.env` files, resolves and checks it. The order stays
    /// `defaults < document < environment`.
    ///
    /// - Parameters:
    ///   - schema: the keys, declared in Swift; a `.env.schema` that lies there is not read.
    ///   - options: where to look for what is no `.env` file, and how to read. They may name no files.
    ///   - store: the store; one without a document counts as one that holds nothing.
    /// - Throws: one `ConfigError` that lists everything that is wrong, with places in the document (`etcd://…/shop:3:1`) and fixes.
    public static func load(
      _ schema: Schema, _ options: Project.Options = Project.Options(), from store: NetworkStore
    ) async throws(ConfigError) -> Config {
      try await load(options, schema: schema, from: store.documents)
    }

    /// Loads every layer with a store's document in the place of the `.env` files, by the nearest `.env.schema`, else `.env.example`; or
    /// by `schema`, if it is given.
    ///
    /// - Throws: one `ConfigError` that lists everything that is wrong, with places in the document (`etcd://…/shop:3:1`) and fixes.
    public static func load(
      _ options: Project.Options = Project.Options(), schema: Schema? = nil, from store: NetworkStore
    ) async throws(ConfigError) -> Config {
      try await load(options, schema: schema, from: store.documents)
    }

    /// Loads as `load` does, or prints what is wrong on standard error and exits with 78 (`EX_CONFIG` of sysexits.h).
    public static func loadOrExit(
      _ schema: Schema, _ options: Project.Options = Project.Options(), from store: NetworkStore
    ) async -> Config {
      await loadOrExit(options, schema: schema, from: store)
    }

    /// Loads by the nearest `.env.schema`, or prints what is wrong on standard error and exits with 78.
    public static func loadOrExit(
      _ options: Project.Options = Project.Options(), schema: Schema? = nil, from store: NetworkStore
    ) async -> Config {
      do { return try await load(options, schema: schema, from: store) } catch { error.printAndExit() }
    }
  }
#endif
