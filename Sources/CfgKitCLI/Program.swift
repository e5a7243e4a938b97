/// What the two programs do: `cfgkit`, and `cfgkit-fleet`, which has the stores beside.
package enum Program {
  /// Runs the verb that the command line names, and ends the process.
  package static func runAndExit() -> Never {
    let words = CommandLineWords(words: Array(CommandLine.arguments.dropFirst()))
    if words.askForHelpAlone { HelpText.printAndExit() }
    Invocation(words).runAndExit()
  }
}
