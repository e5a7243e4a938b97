import Configuration
import Measurement
import SystemPackage

/// swift-configuration's reader of `.env` files, measured once: it reads the file itself.
@main enum Main {
  static func main() async throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: swift-configuration-timing FILE")
      return
    }
    let path = FilePath(CommandLine.arguments[1])
    let clock = ProcessClock()
    let provider = try await EnvironmentVariablesProvider(environmentFilePath: path)
    let seconds = clock.seconds
    guard let last = try provider.environmentValue(forName: "LAST_KEY"), last == "last" else {
      print("{\"error\": \"the last key was not read\"}")
      return
    }
    print("{\"seconds\": [\(seconds)]}")
  }
}
