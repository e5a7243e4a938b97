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

  init(_ words: CommandLineWords) {
    self.words = words
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
    try verb.global.enterDirectory()
    let console = Console(verb.global)
    defer { console.noteUnlockedMemory() }
    return try verb.perform(console)
  }

  /// Help and version are answers; all else that the parser throws is a usage error.
  private func answerToHelp(_ error: any Error) throws -> ExitStatus {
    guard CfgKitCommand.exitCode(for: error) == .success else { throw error }
    try StandardStream.output.write(CfgKitCommand.fullMessage(for: error) + "\n")
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
