#if SwiftConfiguration
  import CfgKit
  import Logging
  import Synchronization
  import Testing

  /// What swift-log is given of values that hold secrets, by every road into a log line.
  @Suite struct LoggingTests {
    private static let strong = "5f0c2e8a91d74b36a8e3170f6cd2b94e5f7a0c1d8e6b3f2a"
    private static let password = "Xq7-vR2m-Lw9z-Tb4k"
    private static let key = Key("SIGNING_KEY", .secret(strength: 128))
    private static let database = Key("DATABASE_URL", .url("postgres")).sensitive()

    /// A backend that keeps every line as a backend would print it.
    private struct Lines: LogHandler {
      final class Kept: Sendable {
        let all = Mutex<[String]>([])
      }

      let kept: Kept
      var metadata: Logger.Metadata = [:]
      var metadataProvider: Logger.MetadataProvider?
      var logLevel = Logger.Level.trace

      subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
      }

      func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
          .merging(metadataProvider?.get() ?? [:]) { $1 }
        kept.all.withLock { $0.append("\(event.message) \(all) \(String(reflecting: all))") }
      }
    }

    @Test func noSecretGetsIntoALogLine() throws {
      let config = try Config.load(
        Schema {
          Self.key
          Self.database
        }, values: ["SIGNING_KEY": Self.strong, "DATABASE_URL": "postgres://app:\(Self.password)@db/app"])
      let (secret, url, ring) = (config[Self.key], config[Self.database], config.keyRing(Self.key))
      let kept = Lines.Kept()
      let provider = Logger.MetadataProvider { ["provided": "\(secret)", "url": .stringConvertible(url)] }
      var logger = Logger(label: "test") { _ in Lines(kept: kept, metadataProvider: provider) }
      logger[metadataKey: "always"] = .stringConvertible(secret)
      logger.info("\(secret) \(url) \(ring) \(config)")
      logger.error(
        "in metadata",
        metadata: [
          "secret": "\(secret)", "own": .stringConvertible(secret), "url": "\(url)",
          "list": .array([.stringConvertible(secret), .stringConvertible(url)]),
          "inner": .dictionary(["config": .stringConvertible(config), "ring": "\(ring)"]),
        ])
      let lines = kept.all.withLock { $0 }
      #expect(lines.count == 2)
      for line in lines {
        #expect(line.contains("••••••••"))
        for value in [Self.strong, Self.password] {
          #expect(!line.contains(value) && !line.contains(value.prefix(8)))
        }
      }
    }
  }
#endif
