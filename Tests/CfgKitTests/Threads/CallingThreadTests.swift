import Testing

@testable import CfgKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct CallingThreadTests {
  private struct No: Error {}

  @Test func `work stays on the thread that waits for it, whatever it waits for itself`() {
    let own = Self.thread
    let seen = CallingThread.run {
      var seen = [Self.thread]
      for _ in 0..<3 {
        try? await Task.sleep(for: .milliseconds(2))
        seen.append(Self.thread)
      }
      async let child = Self.thread
      seen.append(await child)
      return seen
    }
    #expect(seen == Array(repeating: own, count: 5))
  }

  /// The running thread.
  private static var thread: String { "\(pthread_self())" }

  @Test func `an error comes out of it`() {
    #expect(throws: No.self) {
      try CallingThread.run {
        try await Task.sleep(for: .milliseconds(1))
        throw No()
      }
    }
  }
}
