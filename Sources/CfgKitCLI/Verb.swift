import ArgumentParser
import CfgKit

/// What every verb is: options, one call, an exit status.
protocol Verb: ParsableCommand, Sendable {
  /// The forms of `--format` that it can answer in; the first is the default.
  static var formats: [String] { get }

  /// The flags of every verb.
  var global: GlobalOptions { get }
}

/// A verb that asks nothing of a store.
protocol PlainVerb: Verb {
  /// Does it. Throws a `Failure`, or an error of the library that `Failure.init(_:)` knows.
  func perform(_ console: Console) throws -> ExitStatus
}

/// A verb about the keys of a project, in its files or in the store that takes their place.
protocol ProjectVerb: Verb {
  /// Whether this call is about files even where the environment names a store.
  var needsFiles: Bool { get }

  /// Whether this call reads the store by itself.
  var followsStore: Bool { get }

  /// The words of the command line that name keys.
  var namedKeys: [String] { get }

  /// Does it; `reading` says where and how the project is read, and has the document of the store if one is named.
  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus

  /// What it means for this verb that the project cannot be read.
  func refusal(_ failure: Failure) -> Failure
}

extension Verb {
  static var formats: [String] { ["text", "json"] }

  /// Whether the answer is JSON.
  var answersJSON: Bool { global.format == "json" }
}

extension ProjectVerb {
  var needsFiles: Bool { false }
  var followsStore: Bool { false }
  var namedKeys: [String] { [] }

  func refusal(_ failure: Failure) -> Failure { failure }
}
