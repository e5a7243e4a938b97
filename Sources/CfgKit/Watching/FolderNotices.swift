import SystemPackage

#if canImport(Glibc)
  // Its sources may be used from any thread, though their types do not say so.
  @unsafe @preconcurrency import Dispatch
  import Synchronization

  /// Tells at once when one of certain names changes in its folder (inotify).
  final class FolderNotices: Sendable {
    private struct Watches {
      var names: [Int32: Set<String>] = [:]
      /// The names of files that were written to and not closed since.
      var unfinished: [Int32: Set<String>] = [:]
      /// The descriptor is closed soon after, and its number may be another file's then.
      var areOver = false
    }

    private let descriptor: FileDescriptor
    private let source: any DispatchSourceRead
    private let watches: Mutex<Watches>

    /// Calls `changed` for each change until `stop`.
    ///
    /// - Throws: `Errno` where the system gives no more of these (`max_user_instances`).
    init(_ changed: @escaping @Sendable () -> Void) throws(Errno) {
      let descriptor = try SystemCalls.openNotices()
      self.descriptor = descriptor
      source = DispatchSource.makeReadSource(
        fileDescriptor: descriptor.rawValue, queue: DispatchQueue(label: "cfgkit.notices"))
      watches = Mutex(Watches())
      source.setEventHandler { [weak self] in
        guard let self, self.readNotices() else { return }
        changed()
      }
      source.setCancelHandler { try? SystemCalls.close(descriptor) }
      source.activate()
    }

    /// Ends it. Nothing is called any more once a call that is under way has returned.
    func stop() {
      watches.withLock { $0.areOver = true }
      source.cancel()
    }

    /// Follows these names and no others. A folder that cannot be watched is left out.
    ///
    /// - Returns: whether a folder came in, so that a change before this moment may have gone unseen.
    func follow(_ steps: Set<PathTrail.Step>) -> Bool {
      watches.withLock { watches in
        guard !watches.areOver else { return false }
        var names: [Int32: Set<String>] = [:]
        for (folder, steps) in Dictionary(grouping: steps, by: \.folder) {
          guard let watch = try? SystemCalls.watch(folder, with: descriptor) else { continue }
          names[watch, default: []].formUnion(steps.map(\.name))
        }
        let old = watches.names
        for watch in old.keys where names[watch] == nil { SystemCalls.unwatch(watch, with: descriptor) }
        watches.names = names
        watches.unfinished = watches.unfinished.filter { names[$0.key] != nil }
        return names.keys.contains { old[$0] == nil }
      }
    }

    /// Whether somebody is in the middle of writing one of the files, as far as was told.
    var hasUnfinished: Bool {
      watches.withLock { watches in
        watches.unfinished.contains { watch, names in watches.names[watch]?.isDisjoint(with: names) == false }
      }
    }

    /// Whether one of the notices is about a name that is followed, a folder itself, or about lost notices.
    private func readNotices() -> Bool {
      guard let notices = try? SystemCalls.notices(from: descriptor) else { return true }
      return watches.withLock { watches in
        for notice in notices {
          // Notices were lost, perhaps of a file that was closed.
          if notice.watch < 0 { watches.unfinished = [:] }
          switch notice.kind {
          case .written: watches.unfinished[notice.watch, default: []].insert(notice.name)
          case .settled: watches.unfinished[notice.watch]?.remove(notice.name)
          case .other: break
          }
        }
        return notices.contains { notice in
          if notice.watch < 0 || notice.name.isEmpty { return true }
          return watches.names[notice.watch]?.contains(notice.name) ?? false
        }
      }
    }
  }
#else
  /// Where the system has no such notices: files are only looked at every few seconds.
  final class FolderNotices: Sendable {
    init(_ changed: @escaping @Sendable () -> Void) throws(Errno) { throw .notSupported }
    func stop() {}
    func follow(_ steps: Set<PathTrail.Step>) -> Bool { false }
    var hasUnfinished: Bool { false }
  }
#endif
