import ArgumentParser
import CfgKit
import CfgKitSecrets

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One run of cfgkit, from the words of the command line to the exit status.
struct Invocation {
  private let words: CommandLineWords
  private let stores: StoreOpener?

  init(_ words: CommandLineWords, stores: StoreOpener?) {
    self.words = words
    self.stores = stores
  }

  /// Runs the verb and ends the process.
  func runAndExit() -> Never {
    CoreDumps.forbid()
    exit(run().code)
  }

  private func run() -> ExitStatus {
    do {
      if let verb = words.verb, let failure = UnknownVerb.failure(for: verb) { throw failure }
      let command: any ParsableCommand
      do {
        command = try CfgKitCommand.parseAsRoot(words.parseable)
      } catch {
        return try answerToHelp(error)
      }
      guard let verb = command as? any Verb else {
        var help = command
        do { try help.run() } catch { return try answerToHelp(error) }
        return .ok
      }
      return try perform(verb)
    } catch {
      return report(Failure(error, verb: words.verb))
    }
  }

  private func perform(_ verb: any Verb) throws -> ExitStatus {
    let formats = type(of: verb).formats
    if let format = verb.global.format, !formats.contains(format) {
      throw Failure.usage("--format has to be one of \(formats.joined(separator: ", ")) here")
    }
    try KeyNames.expectNames((verb as? any ProjectVerb)?.namedKeys ?? [])
    let address = try address(for: verb)
    if address != nil, stores == nil { throw refusal(Handover.execute(), verb) }
    try verb.global.enterDirectory()
    let console = Console(verb.global)
    defer { console.noteUnlockedMemory() }
    if let verb = verb as? any PlainVerb { return try verb.perform(console) }
    guard let verb = verb as? any ProjectVerb else { throw Failure.usage("name a verb; see: cfgkit --help") }
    guard let address, let stores else {
      return try CallingThread.run { try await perform(verb, verb.global.projectOptions, console) }
    }
    return try CallingThread.run { try await perform(verb, on: address, stores, console) }
  }

  /// Does it with what the store holds in the place of the files.
  private func perform(
    _ verb: any ProjectVerb, on address: String, _ open: StoreOpener, _ console: Console
  ) async throws -> ExitStatus {
    var reading = verb.global.projectOptions
    var status = ExitStatus.ok
    let access = verb.global.storage.access
    let security = try verb.global.storage.security()
    let descriptors = InheritedDescriptors.atStart
    try await open(address, security) { store in
      do {
        reading.stored =
          verb.followsStore
          ? StoredDocument(unreadOf: store, access: access)
          : try await StoredDocument(readFrom: store, access: access)
      } catch {
        throw refusal(Failure(error, verb: words.verb), verb)
      }
      descriptors.closeOthersOnExecution()
      status = try await perform(verb, reading, console)
    }
    return status
  }

  private func perform(
    _ verb: any ProjectVerb, _ options: Project.Options, _ console: Console
  ) async throws -> ExitStatus {
    do { return try await verb.perform(options, console) } catch {
      throw Failure(error, verb: words.verb).naming(options)
    }
  }

  /// The store that is named for a verb that reads keys.
  private func address(for verb: any Verb) throws -> String? {
    guard let project = verb as? any ProjectVerb else { return nil }
    return try verb.global.storage.address(besides: verb.global.files, needsFiles: project.needsFiles)
  }

  private func refusal(_ failure: Failure, _ verb: any Verb) -> Failure {
    (verb as? any ProjectVerb)?.refusal(failure) ?? failure
  }

  /// Help and version are answers; all else that the parser throws is a usage error.
  private func answerToHelp(_ error: any Error) throws -> ExitStatus {
    guard CfgKitCommand.exitCode(for: error) == .success else { throw error }
    try StandardStream.output.write(HelpOrder.ownFirst(CfgKitCommand.fullMessage(for: error)) + "\n")
    return .ok
  }

  /// Says why it failed: on stderr, and with `--format json` as an object on stdout.
  private func report(_ failure: Failure) -> ExitStatus {
    if words.asksForJSON {
      let error = JSONReport.json(code: failure.code, message: failure.message)
      try? StandardStream.output.write(error.line + "\n")
    } else if !failure.message.isEmpty {
      let style = Style(
        words.colour, isTerminal: StandardStream.error.isTerminal, variable: Console.variable)
      try? StandardStream.error.write(style(.error, "error:") + " \(Printable.message(failure.message))\n")
    }
    return failure.status
  }
}
