import CfgKit
import CfgKitDotEnv
import CfgKitEtcd
import CfgKitSecrets
import FleetSimulation
import Foundation
import SystemPackage

/// What `run --watch` and `rotate-secret --fleet` do, with nothing around it, for tests and benchmarks:
///
///     fleet-probe run ADDRESS FOLDER [option=value]... -- COMMAND...
///     fleet-probe rotate ADDRESS FOLDER GOAL [wait=SECONDS] [grace=SECONDS] [forget=NAME] [no-members=1]
///     fleet-probe put ADDRESS FILE
///     fleet-probe simulate MEMBERS ROTATIONS
@main struct Main {
  private struct NotValid: Error {}

  static func main() async {
    ChildStub.becomeIfAsked()
    var words = Array(CommandLine.arguments.dropFirst())
    guard !words.isEmpty else { exit(64) }
    let verb = words.removeFirst()
    do {
      switch verb {
      case "run": exit(try await run(words))
      case "rotate": try await rotate(words)
      case "put": try await put(words)
      case "simulate": try simulate(words)
      default: exit(64)
      }
    } catch {
      say("\(error)")
      exit((error as? RotationRefusal)?.exitCode ?? (error as? StoreError)?.exitCode ?? 1)
    }
  }

  private static func say(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

  private static func options(_ words: some Sequence<String>) -> [String: String] {
    let pairs = words.compactMap { word -> (String, String)? in
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  private static func project(_ folder: String) throws -> Project {
    var options = Project.Options(directory: FilePath(folder))
    options.readsFiles = false
    return try Project.load(options)
  }

  #if Etcd
    private static func run(_ words: [String]) async throws -> Int32 {
      guard let end = words.firstIndex(of: "--"), end >= 2 else { return 64 }
      let options = options(words[2..<end])
      let folder = FilePath(words[1])
      var terms = SupervisorTerms()
      func seconds(_ name: String) -> Duration? { options[name].flatMap { Double($0) }.map { .seconds($0) } }
      terms.drain = seconds("drain") ?? .seconds(10)
      terms.fence = seconds("fence")
      terms.maximumUnavailable = options["slots"].flatMap { Int($0) } ?? 1
      terms.startsStale = options["stale"] != nil
      if let signal = options["signal"].flatMap({ Int32($0) }) { terms.onChange = .reload(signal: signal) }
      if options["exit"] != nil { terms.onChange = .exit }
      if options["overlap"] != nil { terms.onChange = .overlap }
      guard let name = MemberName(options["name"] ?? "probe") else { return 64 }
      let lateness = options["late"].flatMap { Int($0) } ?? 0
      let project = try project(folder.string)
      let address = try EtcdAddress(parsing: words[0])
      let signals = PassedSignals.stream()
      return try await EtcdStore.with(address, leaseLife: seconds("lease") ?? .seconds(15)) { store in
        let store = LateStore(store, upTo: lateness)
        var state: MemberState?
        if let folder = options["state"] {
          state = try MemberState(of: name, in: FilePath(folder), for: store)
          if state == nil { return 75 }
        }
        var setup = MemberRun.Setup(
          MemberRun.Member(name, terms, state: state), Command(lastArguments: words.count - end - 1))
        if let port = options["port"].flatMap({ UInt16($0) }) { setup.readiness = .port(port) }
        if let command = options["ready"] { setup.readiness = .command(command) }
        if let alive = seconds("alive") { setup.readiness = .alive(alive) }
        setup.patience = seconds("patience") ?? .seconds(60)
        setup.materialized = options["file"].map { FilePath($0) }
        let run = MemberRun(setup, store) { document in
          let whole = try project.replacing(in: store, with: document)
          let errors = whole.validate(ValidationOptions(facts: .layers)).findings.filter {
            $0.severity == .error
          }
          guard errors.isEmpty else { throw NotValid() }
          return try ServedProject(whole, document: document, environment: ProcessEnvironment(of: whole))
        } tell: { note in
          say("\(name): \(note)")
        }
        return await run.run(signals)
      }
    }

    private static func rotate(_ words: [String]) async throws {
      guard words.count >= 3, let step = Rotation.Step(rawValue: words[2]) else { exit(64) }
      let options = options(words[3...])
      var request = Rotation.Request(step, of: [options["key"] ?? "SECRET_KEY"])
      request.grace = options["grace"].flatMap { Double($0) }.map { .seconds($0) }
      request.isConfirmed = true
      var terms = FleetRotation.Terms(patience: options["wait"].flatMap { Double($0) }.map { .seconds($0) })
      terms.forgotten = [options["forget"].flatMap { MemberName($0) }].compactMap(\.self)
      terms.allowsNoMembers = options["no-members"] != nil
      terms.interval = .milliseconds(options["interval"].flatMap { Int($0) } ?? 1_000)
      let project = try project(words[1])
      try await EtcdStore.with(try EtcdAddress(parsing: words[0])) { [request, terms] store in
        let fleet = FleetRotation(Rotation(request, of: store, in: project), terms)
        let end = try await fleet.run { progress in
          if case .changed(let changes) = progress { for change in changes { print(change.title) } }
        }
        for change in end { print("\(change.key) \(change.phase.rawValue)") }
      }
    }

    private static func put(_ words: [String]) async throws {
      guard words.count == 2 else { exit(64) }
      let (document, _) = try FileStore(FilePath(words[1])).load()
      try await EtcdStore.with(try EtcdAddress(parsing: words[0])) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { $0 = document }
      }
    }
  #else
    private static func run(_ words: [String]) async throws -> Int32 { 64 }
    private static func rotate(_ words: [String]) async throws { exit(64) }
    private static func put(_ words: [String]) async throws { exit(64) }
  #endif

  private static func simulate(_ words: [String]) throws {
    guard words.count >= 2, let members = Int(words[0]), let rotations = Int(words[1]) else { exit(64) }
    var options = FleetSimulation.Options()
    options.members = members
    options.rotations = rotations
    options.maximumUnavailable = max(1, members / 20)
    options.duration = 36_000_000
    options.grace = 60_000
    let salt = try Salt()
    let generator = try SecretGenerator()
    let keys = try (0..<40).map { _ in
      RingKey(try generator.generate(), name: "KEY", salt: salt, policy: .key)
    }
    var simulation = FleetSimulation(options, keys: keys)
    let begun = ContinuousClock.now
    let figures = try simulation.run()
    let took = begun.duration(to: .now)
    print("members \(members)")
    print("lost \(figures.lost.count)")
    print("rotations \(figures.rotations)")
    print("changes \(figures.changes)")
    print("starts \(figures.starts)")
    print("pushes \(figures.documentPushes)")
    print("simulated_ms \(figures.milliseconds)")
    print("took_ms \(Int(took / .milliseconds(1)))")
    for (kind, count) in figures.requests.sorted(by: { $0.key < $1.key }) {
      print("requests \(kind): \(count)")
    }
  }
}
