/// What the two programs do: `cfgkit`, and `cfgkit-fleet`, which has the stores beside.
package enum Program {
  /// Runs the verb that the command line names, and ends the process.
  ///
  /// - Parameter stores: opens stores; nil for the program that hands over what is about one.
  package static func runAndExit(stores: StoreOpener? = nil) -> Never {
    let words = CommandLineWords(words: Array(CommandLine.arguments.dropFirst()))
    if words.askForHelpAlone { HelpText.printAndExit() }
    Invocation(words, stores: stores).runAndExit()
  }
}
