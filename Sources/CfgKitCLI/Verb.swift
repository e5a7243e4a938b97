import ArgumentParser

/// What every verb is: options, one call, an exit status.
protocol Verb: ParsableCommand {
  /// The forms of `--format` that it can answer in; the first is the default.
  static var formats: [String] { get }

  /// The flags of every verb.
  var global: GlobalOptions { get }

  /// Does it. Throws a `Failure`, or an error of the library that `Failure.init(_:)` knows.
  func perform(_ console: Console) throws -> ExitStatus
}

extension Verb {
  static var formats: [String] { ["text", "json"] }

  /// Whether the answer is JSON.
  var answersJSON: Bool { global.format == "json" }
}
