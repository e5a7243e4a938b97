import CfgKit

/// One line on stderr that says how far the work is; only for a person who looks at it.
final class ProgressLine {
  /// Whether anybody looks.
  let isShown: Bool
  private var lastShown: ContinuousClock.Instant?

  init(_ console: Console) {
    isShown = StandardStream.error.isTerminal && !console.isQuiet && Console.variable("TERM") != "dumb"
  }

  /// Says how many are done; at most ten times a second, and nothing where all is done in less.
  func show(_ done: Int, of total: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    guard let lastShown else { return lastShown = now }
    guard lastShown.duration(to: now) > .milliseconds(100) else { return }
    self.lastShown = now
    show("checked \(done) of \(total)")
  }

  /// Says something in the place of what was said.
  func show(_ text: String) {
    if isShown { try? StandardStream.error.write("\r\u{1B}[K" + Printable.text(text)) }
  }

  /// Takes the line away.
  func clear() {
    if isShown { try? StandardStream.error.write("\r\u{1B}[K") }
  }
}
