import CfgKit

/// Whether and how one stream is coloured.
///
/// `--color` decides; with `auto`, `NO_COLOR` (https://no-color.org), then `CLICOLOR_FORCE`, then `TERM=dumb`, then whether the
/// stream is a terminal.
struct Style: Sendable {
  /// What a piece of text is, not how it looks.
  typealias Role = FindingText.Role

  /// Whether escape sequences are written at all.
  let isColoured: Bool

  /// Decides for a stream.
  init(_ choice: ColorChoice, isTerminal: Bool, variable: (String) -> String?) {
    switch choice {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      if let none = variable("NO_COLOR"), !none.isEmpty {
        isColoured = false
      } else if let force = variable("CLICOLOR_FORCE"), !force.isEmpty, force != "0" {
        isColoured = true
      } else {
        isColoured = isTerminal && variable("TERM") != "dumb"
      }
    }
  }

  /// The text in the colour of its role, or as it is.
  func callAsFunction(_ role: Role, _ text: String) -> String {
    guard isColoured else { return text }
    let sequence =
      switch role {
      case .error: "1;31"
      case .warning: "33"
      case .info: "36"
      case .fix: "32"
      case .strong: "1"
      case .faint: "2"
      }
    return "\u{1B}[\(sequence)m\(text)\u{1B}[0m"
  }
}
