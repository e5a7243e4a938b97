package import CfgKitDotEnv
import CfgKitSecrets
package import SystemPackage

/// Serves as a member of a fleet, with a command or in this process: carries out what a `Supervisor` asks for, and tells it what happens.
///
/// One loop does all of it. Nothing renews the lease by itself: a loop that has died lets its lease run out.
package struct MemberRun: Sendable {
  /// Who serves, and how.
  package struct Member: Sendable {
    /// How people call it.
    package let name: MemberName
    /// How changes are brought to what serves.
    package let terms: SupervisorTerms
    /// What is kept on this machine; nil for nothing.
    package let state: MemberState?

    package init(_ name: MemberName, _ terms: SupervisorTerms = SupervisorTerms(), state: MemberState? = nil)
    {
      self.name = name
      self.terms = terms
      self.state = state
    }
  }

  /// What is run, and how.
  package struct Setup: Sendable {
    /// Who runs it.
    package let member: Member
    /// The command.
    package let command: Command
    /// How it shows that it serves.
    package var readiness = Readiness.alive(.seconds(2))
    /// How long it may take until it serves.
    package var patience = Duration.seconds(60)
    /// The file that gets the document before the command is started or told of a change.
    package var materialized: FilePath?

    package init(_ member: Member, _ command: Command) {
      self.member = member
      self.command = command
    }
  }

  private let member: Member
  private let work: @Sendable (AsyncStream<Input>.Continuation) -> any MemberWork
  private let store: any MemberStore
  private let serve: @Sendable (Document) throws -> ServedProject
  private let tell: @Sendable (SupervisorNote) -> Void

  /// A member that runs a command.
  ///
  /// - Parameters:
  ///   - serve: checks a document of the store together with the other layers; what it throws is not valid, and it has said why.
  ///   - tell: hears what the log should say.
  package init(
    _ setup: Setup, _ store: any MemberStore, serve: @escaping @Sendable (Document) throws -> ServedProject,
    tell: @escaping @Sendable (SupervisorNote) -> Void
  ) {
    member = setup.member
    work = { inbox in CommandWork(setup, tell, inbox) }
    self.store = store
    self.serve = serve
    self.tell = tell
  }

  /// A member that is this process.
  ///
  /// - Parameters:
  ///   - fence: after what silence it must not serve any more, because the others may go on without it then; nil for never.
  ///   - state: what is kept on this machine; nil for nothing.
  ///   - application: gets each configuration.
  ///   - serve: checks a document of the store together with the other layers; what it throws is not valid.
  ///   - tell: hears what the log should say.
  package init(
    _ name: MemberName, _ store: any MemberStore, fence: Duration?, state: MemberState? = nil,
    application: ServedApplication,
    serve: @escaping @Sendable (Document) throws -> ServedProject,
    tell: @escaping @Sendable (SupervisorNote) -> Void
  ) {
    var terms = SupervisorTerms()
    terms.onChange = .swap
    terms.fence = fence
    member = Member(name, terms, state: state)
    work = { inbox in ApplicationWork(application, inbox) }
    self.store = store
    self.serve = serve
    self.tell = tell
  }

  /// Runs until the command ends for good, and gives its exit code; in this process, until a signal says so.
  ///
  /// - Parameter signals: those that this process gets; see `PassedSignals`.
  package func run(_ signals: AsyncStream<Int32> = PassedSignals.stream()) async -> Int32 {
    let (inputs, inbox) = AsyncStream.makeStream(of: Input.self)
    let (requests, outbox) = AsyncStream.makeStream(of: MemberRequest.self)
    // One after the other: of two acknowledgements the second must not be overtaken by the first.
    let asking = Task {
      for await request in requests { inbox.yield(await request.send(to: store)) }
    }
    let listening = Task { for await number in signals { inbox.yield(.signal(number)) } }
    var turn = MemberTurn(member, work(inbox), store, serve, tell, inbox, outbox)
    turn.begin()
    for await input in inputs {
      turn.take(input)
      if turn.exitCode != nil { break }
    }
    turn.end()
    asking.cancel()
    listening.cancel()
    return turn.exitCode ?? SupervisorTerms.tryAgain
  }

  /// What comes in.
  enum Input: Sendable {
    case event(SupervisorEvent)
    /// The store did not do what it was asked.
    case failed(StoreError)
    /// What a watch tells, and which watch.
    case change(StoreChange, watch: Int)
    case watchEnded(watch: Int)
    case signal(Int32)
    case wake
  }
}
