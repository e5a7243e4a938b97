import CMeasurement
import CfgKit
import Configuration
import Measurement
import SystemPackage

/// CfgKit beside swift-configuration on the same 50 keys, in one process: a load, and reads of a number and of a text.
///
/// Prints one line of JSON for each. swift-configuration checks nothing while it loads; CfgKit reads a schema and applies every rule.
@main enum Main {
  static func main() async throws {
    let project = try SampleProject()
    defer { project.remove() }
    let options = Project.Options(directory: project.folder)
    let config = try Config.load(options)

    report("cfgkit load", Measurement(runs: 50) { try? Config.load(options) })
    let schema = try Schema(contentsOf: project.folder.appending(".env.schema"))
    report("cfgkit load, schema at hand", Measurement(runs: 50) { try? Config.load(options, schema: schema) })
    try await reportPeerLoads(project)

    let number = Key("NUMBER_1", .int)
    let text = Key("NAME_31", .string)
    precondition(config[number] > 0 && config[text].count > 20)
    report("cfgkit read Int", Measurement(runs: 50, batch: 100_000) { config[number] })
    report("cfgkit read String", Measurement(runs: 50, batch: 100_000) { config[text] })

    let reader = try await Self.reader(project)
    precondition(
      reader.int(forKey: "number.1") == config[number] && reader.string(forKey: "name.31") == config[text])
    report("peer read Int", Measurement(runs: 50, batch: 10_000) { reader.int(forKey: "number.1") })
    report("peer read String", Measurement(runs: 50, batch: 10_000) { reader.string(forKey: "name.31") })
    let (numberKey, textKey): (ConfigKey, ConfigKey) = ("number.1", "name.31")
    report(
      "peer read Int, key at hand", Measurement(runs: 50, batch: 10_000) { reader.int(forKey: numberKey) })
    report(
      "peer read String, key at hand", Measurement(runs: 50, batch: 10_000) { reader.string(forKey: textKey) }
    )
  }

  private static func reader(_ project: SampleProject) async throws -> ConfigReader {
    ConfigReader(providers: [
      EnvironmentVariablesProvider(),
      try await EnvironmentVariablesProvider(environmentFilePath: project.environmentFile),
    ])
  }

  /// The peer's load waits for a file, so it is measured here, in the same way.
  private static func reportPeerLoads(_ project: SampleProject) async throws {
    cm_start_counting()
    keep(try await reader(project))
    let allocations = cm_end_counting().calls
    var seconds: [Double] = []
    for _ in 0..<300 {
      let clock = ProcessClock()
      let reader = try await reader(project)
      seconds.append(clock.seconds)
      keep(reader)
    }
    let list = seconds.map { "\($0)" }.joined(separator: ", ")
    print("{\"name\": \"peer load\", \"seconds\": [\(list)], \"allocations\": \(allocations)}")
  }

  private static func report(_ name: String, _ measured: Measurement) {
    print("{\"name\": \"\(name)\", \"result\": \(measured.json)}")
  }
}
