#if SwiftConfiguration
  import CfgKit
  import CfgKitConfiguration
  import CfgKitTesting
  import Configuration
  import Logging
  import ServiceLifecycle
  import Testing

  @Suite(.timeLimit(.minutes(2))) struct ReloadingCfgKitProviderTests {
    @Test func aWatchedValueComesWheneverItDiffersAndNotOtherwise() async throws {
      try await withProject([".env": "LIMIT=1\nOTHER=a\n"]) { project in
        let watcher = try ConfigWatcher(
          Config.load(), debounce: .milliseconds(2), interval: .milliseconds(20))
        let reader = ConfigReader(provider: ReloadingCfgKitProvider(watcher))
        let limits = try await reader.watchInt(forKey: "limit", default: 0) { updates in
          var limits: [Int] = []
          for await limit in updates {
            limits.append(limit)
            if limit == 3 { break }
            // Only the second of these changes what is watched.
            try project.write("LIMIT=\(limit)\nOTHER=b\n", to: ".env")
            _ = try await watcher.first { try $0.required("OTHER") == "b" }
            try project.write("LIMIT=\(limit + 1)\nOTHER=a\n", to: ".env")
          }
          return limits
        }
        #expect(limits == [1, 2, 3])
      }
    }

    @Test func aValueOfAnInvalidFileIsNeverSeen() async throws {
      let schema = "# ---\n# @required @type=number(isInt=true)\nLIMIT=\n"
      try await withProject([".env.schema": schema, ".env": "LIMIT=1\n"]) { project in
        let watcher = try ConfigWatcher(
          Config.load(), debounce: .milliseconds(2), interval: .milliseconds(20))
        let provider = ReloadingCfgKitProvider(watcher)
        var refusals = watcher.refusals.makeAsyncIterator()
        try project.write("LIMIT=many\n", to: ".env")
        #expect(await refusals.next()?.findings.map(\.rule.id) == ["type-mismatch"])
        #expect(try ConfigReader(provider: provider).requiredInt(forKey: "limit") == 1)
        try project.write("LIMIT=2\n", to: ".env")
        let seen = try await provider.watchSnapshot { snapshots in
          for await snapshot in snapshots {
            let value = try snapshot.value(forKey: ["limit"], type: .int).value
            if value?.content == .int(2) { return true }
          }
          return false
        }
        #expect(seen)
      }
    }

    @Test func aServiceGroupRunsItAndShutsItDown() async throws {
      try await withProject([".env": "LIMIT=1\n"]) { project in
        let provider = ReloadingCfgKitProvider(
          try ConfigWatcher(Config.load(), debounce: .milliseconds(2), interval: .milliseconds(20)))
        let group = ServiceGroup(services: [provider], logger: Logger(label: "test"))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
          tasks.addTask { try await group.run() }
          try project.write("LIMIT=2\n", to: ".env")
          let reader = ConfigReader(provider: provider)
          while reader.int(forKey: "limit") != 2 { try await Task.sleep(for: .milliseconds(1)) }
          await group.triggerGracefulShutdown()
          try await tasks.waitForAll()
        }
      }
    }
  }
#endif
