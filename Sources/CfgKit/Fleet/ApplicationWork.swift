/// How an application in this process is given what it serves with.
package struct ServedApplication: Sendable {
  /// Puts a configuration in the place of the old one, at once; nil if it must not serve with any.
  let swap: @Sendable (Config?) -> Void
  /// Hears until when it may serve, if nothing else comes from the store.
  let mayServe: @Sendable (ContinuousClock.Instant) -> Void

  /// - Parameters:
  ///   - swap: puts a configuration in the place of the old one, at once; nil if it must not serve with any.
  ///   - mayServe: hears until when it may serve; called before `swap`, and again after each renewal of the lease.
  package init(
    swap: @escaping @Sendable (Config?) -> Void,
    mayServe: @escaping @Sendable (ContinuousClock.Instant) -> Void
  ) {
    self.swap = swap
    self.mayServe = mayServe
  }
}

/// The application that a member is: it serves with a document as soon as it has it.
struct ApplicationWork: MemberWork {
  private let application: ServedApplication
  private let inbox: AsyncStream<MemberRun.Input>.Continuation

  init(_ application: ServedApplication, _ inbox: AsyncStream<MemberRun.Input>.Continuation) {
    self.application = application
    self.inbox = inbox
  }

  func start(_ number: Int, _ served: MemberTurn.Served) { swap(number, served) }

  func reload(_ number: Int, _ served: MemberTurn.Served) { swap(number, served) }

  private func swap(_ number: Int, _ served: MemberTurn.Served) {
    guard case .config(let config) = served.project.content else { return }
    application.swap(config)
    inbox.yield(.event(.ready(child: number)))
  }

  /// Whichever signal ends a command takes the configuration away.
  func signal(_ number: Int, _ signal: Int32) {
    application.swap(nil)
    inbox.yield(.event(.exited(child: number, code: 0)))
  }

  /// The application hears of the process's signals itself.
  func pass(_ signal: Int32) {}

  func mayServe(until fence: ContinuousClock.Instant) { application.mayServe(fence) }

  func ended(_ number: Int) {}

  func end() { application.swap(nil) }
}
