#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import Testing

  @testable import CfgKitEtcd

  /// One secret that applications read by themselves, whose versions carry the ring.
  @Suite(
    .enabled(if: SecretsManagerServer.isInstalled, "moto is not on this machine; run: Scripts/setup test"))
  struct SecretStagesTests {
    private func withStages<R>(_ body: (any KeyStages) async throws -> R) async throws -> R {
      let environment = try SecretsManagerServer.shared.get().environment()
      let address = try SecretsManagerServer.address()
      return try await SecretsManagerStore.with(address, environment) { store in
        _ = try await store.replace(
          Document(Array("key-0".utf8)), ifVersion: .absent, operation: OperationID())
        return try await body(store.stages)
      }
    }

    private func ring(_ stages: any KeyStages) async throws -> [String] {
      let ring = try await stages.load()
      return [ring.next?.exposedText() ?? "-", ring.current.exposedText()]
        + ring.previous.map { $0.exposedText() }
    }

    @Test func `a key is next, signs, is accepted twice over, and goes`() async throws {
      try await withStages { stages in
        #expect(try await ring(stages) == ["-", "key-0"])
        for number in 1...3 {
          let operation = try OperationID()
          let key = try Secret(copying: "key-\(number)")
          try await stages.prepare(key, as: operation)
          try await stages.prepare(key, as: operation)
          #expect(try await ring(stages).prefix(2) == ["key-\(number)", "key-\(number - 1)"])
          try await stages.promote()
        }
        #expect(try await ring(stages) == ["-", "key-3", "key-2", "key-1"])
        try await stages.retire(all: false)
        #expect(try await ring(stages) == ["-", "key-3", "key-2"])
        try await stages.retire(all: false)
        #expect(try await ring(stages) == ["-", "key-3"])
      }
    }

    @Test func `a second next key is refused, and so is promoting none`() async throws {
      try await withStages { stages in
        let none = await #expect(throws: StoreError.self) { try await stages.promote() }
        #expect(none?.exitCode == 75)
        try await stages.prepare(Secret(copying: "mine"), as: OperationID())
        let other = await #expect(throws: StoreError.self) {
          try await stages.prepare(Secret(copying: "other"), as: OperationID())
        }
        #expect(other?.exitCode == 75)
        #expect(try await ring(stages) == ["mine", "key-0"])
      }
    }

    @Test func `retiring all leaves the key that signs`() async throws {
      try await withStages { stages in
        for number in 1...2 {
          try await stages.prepare(Secret(copying: "key-\(number)"), as: OperationID())
          try await stages.promote()
        }
        try await stages.retire(all: true)
        #expect(try await ring(stages) == ["-", "key-2"])
      }
    }
  }
#endif
