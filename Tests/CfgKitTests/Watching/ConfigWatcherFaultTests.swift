import CfgKitDotEnv
import SystemPackage
import Testing

@testable import CfgKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite(.timeLimit(.minutes(3)), .serialized) struct ConfigWatcherFaultTests {
  @Test(arguments: [true, false])
  func ofAThousandReplacementsEveryStateThatComesWasWrittenWhole(usesNotices: Bool) async throws {
    let project = try WatchedProject()
    let watcher = try project.watcher(
      debounce: .microseconds(100), interval: usesNotices ? .seconds(3_600) : .milliseconds(1),
      usesNotices: usesNotices)
    let writer = Task.detached {
      var generator = SystemRandomNumberGenerator()
      for number in 1...1_000 {
        try project.write(WatchedProject.text(number))
        if Int.random(in: 0..<4, using: &generator) == 0 { try await Task.sleep(for: .microseconds(1_500)) }
      }
    }
    var seen: [Int] = []
    for await config in watcher {
      let number = try #require(config.number)
      seen.append(number)
      if number == 1_000 { break }
    }
    try await writer.value
    #expect(seen == seen.sorted())
    #expect(Set(seen).count == seen.count)
    #expect(watcher.refusal == nil)
  }

  @Test(arguments: [true, false])
  func aFileThatIsWrittenInPiecesIsNeverReadHalf(usesNotices: Bool) async throws {
    let project = try WatchedProject()
    // Far longer than a writer pauses, even on a busy machine.
    let watcher = try project.watcher(
      debounce: .seconds(1), interval: usesNotices ? .seconds(3_600) : .milliseconds(20),
      usesNotices: usesNotices)
    let run = Task { await watcher.run() }
    let refusals = Task {
      var count = 0
      for await _ in watcher.refusals { count += 1 }
      return count
    }
    let path = project.root.appending(".env")
    let file = try FileDescriptor.open(path, .writeOnly, options: [.truncate])
    // Cut where a whole file ends too: in the middle of a number.
    let bytes = Array(WatchedProject.text(123_456).utf8)
    for start in stride(from: 0, to: bytes.count, by: 7) {
      try file.writeAll(bytes[start..<min(start + 7, bytes.count)])
      #expect(watcher.current.number == 0)
      try await Task.sleep(for: .milliseconds(2))
    }
    try file.close()
    #expect(try await watcher.first { $0.number != 0 }?.number == 123_456)
    run.cancel()
    refusals.cancel()
    #expect(await refusals.value == 0)
  }

  @Test func readersThatComeAndGoLeaveNothingBehind() async throws {
    let project = try WatchedProject()
    let watcher = try project.watcher()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<200 {
        group.addTask {
          var snapshots = watcher.makeAsyncIterator()
          _ = await snapshots.next()
        }
      }
    }
    // Descriptors are closed by another thread, a moment later.
    while openNotices(of: project.root) > 0 { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// How many descriptors of this process watch a folder.
  private func openNotices(of folder: FilePath) -> Int {
    guard let status = try? folder.stat() else { return 0 }
    let inode = "ino:" + String(status.inode.rawValue, radix: 16) + " "
    return FolderListing.names(in: "/proc/self/fdinfo").count { name in
      guard let file = try? FileStore(FilePath("/proc/self/fdinfo").appending(name)).load().0 else {
        return false
      }
      return String(decoding: file.bytes, as: UTF8.self).contains(inode)
    }
  }
}

@Suite struct PathTrailTests {
  @Test func everyLinkOnTheWayIsAStep() throws {
    let project = try TemporaryProject(["real/.env": ""])
    let root = project.root
    symlink("real", root.appending("..data").string)
    symlink("..data/.env", root.appending(".env").string)
    #expect(
      PathTrail.steps(to: root.appending(".env")) == [
        .init(folder: root, name: ".env"), .init(folder: root, name: "..data"),
        .init(folder: root.appending("real"), name: ".env"),
      ])
  }

  @Test func aTrailEndsWhereNothingIsAndInALoop() throws {
    let project = try TemporaryProject([:])
    let root = project.root
    #expect(PathTrail.steps(to: root.appending("no/file")) == [.init(folder: root, name: "no")])
    symlink("loop", root.appending("loop").string)
    #expect(Set(PathTrail.steps(to: root.appending("loop"))) == [.init(folder: root, name: "loop")])
  }
}
