import CfgKit
import CfgKitConfiguration
import Configuration
import Hummingbird
import Logging
import ServiceLifecycle

@main
struct Server {
  static func main() async throws {
    if CommandLine.arguments.dropFirst() == ["schema"] {
      print(App.schema.text, terminator: "")
      return
    }
    // Every layer, checked; else the report on standard error, and exit code 78.
    let config = Config.loadOrExit(App.schema)
    // From here on changes of the files are followed, and count once they are valid.
    let watcher = try ConfigWatcher(config)
    let provider = ReloadingCfgKitProvider(watcher)
    let reader = ConfigReader(provider: provider)

    let logger = Logger(label: "server")
    let application = Application(
      router: Members(watcher: watcher, reader: reader).router,
      configuration: ApplicationConfiguration(reader: reader),  // HOST and PORT
      services: [provider, Refusals(watcher: watcher, logger: logger)],
      logger: logger)
    try await application.runService()
  }
}

/// Logs what is wrong with changed files that are not valid. There is no value in it.
struct Refusals: Service {
  let watcher: ConfigWatcher
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      for await refusal in watcher.refusals { logger.error("configuration not taken over:\n\(refusal)") }
    }
  }
}
