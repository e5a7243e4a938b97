/// One line on stderr that says how far the work is; only for a person who looks at it.
final class ProgressLine {
  private let total: Int
  private let isShown: Bool
  private var lastShown: ContinuousClock.Instant?

  init(_ console: Console, of total: Int) {
    self.total = total
    isShown = StandardStream.error.isTerminal && !console.isQuiet && Console.variable("TERM") != "dumb"
  }

  /// Says how many are done; at most ten times a second, and nothing where all is done in less.
  func show(_ done: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    guard let lastShown else { return lastShown = now }
    guard lastShown.duration(to: now) > .milliseconds(100) else { return }
    self.lastShown = now
    try? StandardStream.error.write("\r\u{1B}[Kchecked \(done) of \(total)")
  }

  /// Takes the line away.
  func clear() {
    if isShown { try? StandardStream.error.write("\r\u{1B}[K") }
  }
}
