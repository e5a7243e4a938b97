// Its sources may be used from any thread, though their types do not say so.
@unsafe @preconcurrency import Dispatch
import SystemPackage

/// Says when files are worth another look: at once where the system tells of changes in their folders, and every few seconds in any
/// case, since some file systems tell nothing.
final class FileHints: Sendable {
  /// One hint for any number of changes since the last; ends when its reader's task is cancelled.
  let hints: AsyncStream<Void>
  /// Gives a hint from elsewhere.
  let hint: @Sendable () -> Void
  private let notices: FolderNotices?

  /// - Parameters:
  ///   - interval: how long to go without a look.
  ///   - usesNotices: whether to ask the system for notices at all.
  init(every interval: Duration, usesNotices: Bool) {
    let (hints, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let hint: @Sendable () -> Void = { continuation.yield() }
    let timer = DispatchSource.makeTimerSource()
    let period = DispatchTimeInterval.nanoseconds(interval.nanoseconds)
    timer.schedule(deadline: .now() + period, repeating: period)
    timer.setEventHandler(handler: hint)
    timer.activate()
    // Where the system gives no notices, looking every few seconds is all there is.
    let notices = usesNotices ? try? FolderNotices(hint) : nil
    continuation.onTermination = { _ in
      timer.cancel()
      notices?.stop()
    }
    self.hints = hints
    self.hint = hint
    self.notices = notices
  }

  /// Whether somebody is in the middle of writing one of the files, as far as the system tells.
  var hasUnfinished: Bool { notices?.hasUnfinished ?? false }

  /// Follows the files at these paths and no others.
  ///
  /// - Returns: whether a change before this moment may have gone unseen.
  func follow(_ paths: some Sequence<FilePath>) -> Bool {
    guard let notices else { return false }
    return notices.follow(Set(paths.flatMap(PathTrail.steps)))
  }
}

extension Duration {
  /// Whole nanoseconds, at most those of 292 years.
  fileprivate var nanoseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 9_000_000_000 else { return .max }
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}
