import ArgumentParser
import CfgKit
import SystemPackage

/// How `run --watch` treats its command.
struct WatchOptions: ParsableArguments {
  @Flag(help: "Stay beside the command, and bring each change of the store to it.")
  var watch = false

  @Option(
    help: ArgumentHelp(
      "Its name on the roster of the store, one for each that runs; else made from host and folder.",
      valueName: "name"))
  var member: String?

  @Option(
    help: ArgumentHelp("It serves when something on this machine accepts on the port.", valueName: "port"))
  var readyPort: UInt16?

  @Option(
    help: ArgumentHelp("It serves when this shell command exits with 0.", valueName: "command"))
  var readyCmd: String?

  @Option(
    help: ArgumentHelp("How long it may take until it serves; default 60s.", valueName: "time"))
  var readyWithin: DurationArgument?

  @Option(
    help: ArgumentHelp(
      "What a change means: restart; overlap, start a second one first; signal:HUP or rewrite, with --materialize; exit.",
      valueName: "what"))
  var onChange: OnChangeArgument?

  @Option(
    help: ArgumentHelp("How long it may take to end after TERM; default 30s.", valueName: "time"))
  var drain: DurationArgument?

  @Option(
    help: ArgumentHelp("How many of the fleet may restart at once; default 1.", valueName: "count"))
  var maxUnavailable: Int?

  @Option(
    help: ArgumentHelp(
      "Write the document to FILE, mode 0600, before the command starts or is told of a change.",
      valueName: "file"), completion: .file())
  var materialize: String?

  @Option(
    help: ArgumentHelp(
      "Where the last good document is kept, sealed; else STATE_DIRECTORY, XDG_STATE_HOME/cfgkit, ~/.local/state/cfgkit.",
      valueName: "dir"), completion: .directory)
  var state: String?

  @Flag(
    help:
      "Start from there while the store is away, though others may have gone on since (forget-after=).")
  var startStale = false

  /// The options that take the next word as their value.
  static let valued = [
    "--member", "--ready-port", "--ready-cmd", "--ready-within", "--on-change", "--drain",
    "--max-unavailable", "--materialize", "--state",
  ]

  func validate() throws {
    let others: [Any?] = [
      member, readyPort, readyCmd, readyWithin, onChange, drain, maxUnavailable, materialize, state,
      startStale ? startStale : nil,
    ]
    guard watch || others.allSatisfy({ $0 == nil }) else {
      throw ValidationError("this option belongs to --watch")
    }
    guard readyPort != 0 else { throw ValidationError("--ready-port is 1 to 65535") }
    guard readyPort == nil || readyCmd == nil else {
      throw ValidationError("--ready-port and --ready-cmd exclude each other")
    }
    if case .reload = onChange?.onChange, materialize == nil {
      throw ValidationError(
        "--on-change signal and rewrite need --materialize FILE: the environment of a running process cannot change"
      )
    }
    guard onChange?.onChange != .overlap || readyPort == nil else {
      throw ValidationError(
        "--on-change overlap needs --ready-cmd: on the port of --ready-port the first one accepts, too")
    }
    guard member.map({ MemberName($0) != nil }) ?? true else {
      throw ValidationError("--member takes 1 to 128 letters, digits, dots, - and _")
    }
    guard maxUnavailable.map({ (1...1_000).contains($0) }) ?? true else {
      throw ValidationError("--max-unavailable is 1 to 1000")
    }
  }
}

extension WatchOptions {
  /// The same for whoever runs it.
  ///
  /// - Parameters:
  ///   - state: what is kept on this machine; nil for nothing.
  ///   - fence: after what silence others go on without it.
  func setup(
    _ command: Command, _ name: MemberName, _ state: MemberState?, fence: Duration?
  ) -> MemberRun.Setup {
    var terms = SupervisorTerms()
    if let onChange { terms.onChange = onChange.onChange }
    if let drain { terms.drain = drain.duration }
    if let maxUnavailable { terms.maximumUnavailable = maxUnavailable }
    terms.fence = fence
    terms.startsStale = startStale
    var setup = MemberRun.Setup(MemberRun.Member(name, terms, state: state), command)
    if let readyPort { setup.readiness = .port(readyPort) }
    if let readyCmd { setup.readiness = .command(readyCmd) }
    if let readyWithin { setup.patience = readyWithin.duration }
    setup.materialized = materialize.map { FilePath($0) }
    return setup
  }

  /// Where the state of members is kept; nil if nothing says where.
  var stateFolder: FilePath? {
    func folder(_ variable: String) -> FilePath? {
      // systemd gives several, joined with colons.
      Console.variable(variable)?.split(separator: ":").first.map { FilePath(String($0)) }
    }
    if let state { return FilePath(state) }
    return folder("STATE_DIRECTORY") ?? folder("XDG_STATE_HOME")?.appending("cfgkit")
      ?? folder("HOME")?.appending(".local/state/cfgkit")
  }
}

/// `restart`, `overlap`, `rewrite`, `exit` or `signal:HUP` on the command line.
struct OnChangeArgument: ExpressibleByArgument {
  let onChange: SupervisorTerms.OnChange

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("restart", 1): onChange = .restart
    case ("overlap", 1): onChange = .overlap
    case ("rewrite", 1): onChange = .reload(signal: nil)
    case ("exit", 1): onChange = .exit
    case ("signal", 2):
      guard let number = PassedSignals.number(of: parts[1]) else { return nil }
      onChange = .reload(signal: number)
    default: return nil
    }
  }
}
