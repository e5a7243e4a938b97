/// A reader of `.env` files whose behaviour is modelled, so that a file can be held against it.
///
/// Each model is taken from the version that ``title`` names: what it makes of a spelling was recorded from the reader
/// itself, for docker and systemd from their published source.
public enum Dialect: String, Sendable, Hashable, CaseIterable {
  case motdotla
  case node
  case pythonDotenv = "python-dotenv"
  case ruby
  case compose
  case docker
  case bash
  case systemd
  case godotenv
  case dotenvy
  case swiftConfiguration = "swift-configuration"
  case vapor

  /// The program and the version that the model was taken from.
  public var title: String {
    switch self {
    case .motdotla: "motdotla/dotenv 17.4.2"
    case .node: "Node.js 20.20 --env-file"
    case .pythonDotenv: "python-dotenv 1.2.2"
    case .ruby: "bkeepers/dotenv 3.2.0"
    case .compose: "compose-go e70e961"
    case .docker: "docker cli 28f7560 --env-file"
    case .bash: "bash 5.2"
    case .systemd: "systemd EnvironmentFile"
    case .godotenv: "godotenv 1.5.1"
    case .dotenvy: "dotenvy 0.15.7"
    case .swiftConfiguration: "swift-configuration 1.4.0"
    case .vapor: "Vapor 13efaee"
    }
  }
}

/// What some readers make of an entry otherwise than cfgkit. Fixed words only: no text of the file.
public struct Disagreement: Sendable, Hashable {
  /// What in the spelling they do not agree on.
  public let construct: Construct
  /// What the dialects make of it.
  public let effect: Effect
  /// Who does, in the order of `Dialect`.
  public let dialects: [Dialect]

  /// What a reader makes of a construct that it reads otherwise.
  public enum Effect: String, Sendable, Hashable {
    case backslashKept = "backslash kept"
    case backslashLost = "backslash lost"
    case blanksKept = "blanks kept"
    case carriageReturnKept = "carriage return kept"
    case changed
    case commentInValue = "comment in the value"
    case cut = "cut there"
    case decoded
    case dollarLost = "dollar lost"
    case emptied = "read as empty"
    case environmentIgnored = "process environment ignored"
    case environmentWins = "replaced by the process environment"
    case expanded
    case fileFirst = "file before process environment"
    case firstLineOnly = "first line only"
    case firstWins = "the first wins"
    case joined = "joined to the next line"
    case kept
    case keptAsText = "kept as text"
    case keyChanged = "another key"
    case keyLost = "key lost"
    case leftOver = "part of it left over"
    case linesJoined = "not a line end"
    case refused
    case removed
    case run = "run as a command"
    case trimmed

    /// Whether it reaches beyond the entry: another key, or the whole file.
    var harmsOthers: Bool {
      switch self {
      case .refused, .joined, .linesJoined, .run, .keyChanged: true
      default: false
      }
    }
  }

  /// What becomes of the construct, and with whom.
  public var text: String { "\(effect.rawValue): \(dialects.map(\.rawValue).joined(separator: ", "))" }
}
