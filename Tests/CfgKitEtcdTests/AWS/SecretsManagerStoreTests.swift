#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import EtcdServers
  import Foundation
  import StoreContract
  import Testing

  @testable import CfgKitEtcd

  /// AWS Secrets Manager as moto has it, over real HTTP. None of this ever ran against AWS.
  @Suite(
    .serialized,
    .enabled(if: SecretsManagerServer.isInstalled, "moto is not on this machine; run: Scripts/setup test"))
  struct SecretsManagerStoreTests {
    @discardableResult private func withStore<R>(
      _ address: AWSAddress? = nil, _ environment: EnvironmentBlock? = nil,
      _ body: (SecretsManagerStore) async throws -> R
    ) async throws -> R {
      let server = try SecretsManagerServer.shared.get()
      return try await SecretsManagerStore.with(
        address ?? SecretsManagerServer.address(), environment ?? server.environment(), body)
    }

    private func text(of store: SecretsManagerStore) async throws -> String {
      String(decoding: try await store.load().0.bytes, as: UTF8.self)
    }

    private func document(_ text: String) -> Document { Document(Array(text.utf8)) }

    @Test(arguments: StorePromise.all) func `AWS Secrets Manager keeps`(promise: StorePromise) async throws {
      try await withStore { try await promise.hold(of: $0, largest: AWSLimits.documentBytes) }
    }

    @Test func `of eight that change one version at once, one wins and the others are told so`() async throws
    {
      let address = try SecretsManagerServer.address()
      try await withStore(address) { store in
        for round in 0..<5 {
          let before = round == 0 ? DocumentVersion.absent : try await store.load().1
          let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { racers in
            for racer in 0..<8 {
              racers.addTask {
                try await store.replace(
                  self.document("A=\(round).\(racer)\n"), ifVersion: before, operation: OperationID())
              }
            }
            return try await racers.reduce(into: []) { $0.append($1) }
          }
          let committed = outcomes.compactMap {
            if case .committed(let version) = $0 { version } else { nil }
          }
          #expect(committed.count == 1)
          let now = try await store.load().1
          #expect(committed.first == now)
          #expect(outcomes.allSatisfy { $0 == .committed(now) || $0 == .conflict(now) })
        }
      }
    }

    @Test(
      arguments: ["CreateSecret", "PutSecretValue", "UpdateSecretVersionStage"],
      ["cut", "half", "garbage", "500", "drop"])
    func `a reply to a change that is lost is resolved, and the change is made once`(
      operation: String, how: String
    ) async throws {
      let server = try SecretsManagerServer.shared.get()
      let address = try SecretsManagerServer.address()
      if operation != "CreateSecret" {
        try await withStore(address) { store in
          try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "0") }
        }
      }
      let proxy = try SpoilingProxy(before: server.port, operation, 2, how)
      try await withStore(address, server.environment(port: proxy.port)) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        #expect(try await text(of: store) == "A=1\n")
        try await store.update(as: OperationID()) { try $0.set("B", to: "1") }
        #expect(try await text(of: store) == "A=1\nB=1\n")
      }
      withExtendedLifetime(proxy) {}
    }

    @Test func `a reply that never comes leaves the change unknown: 76`() async throws {
      let server = try SecretsManagerServer.shared.get()
      let proxy = try SpoilingProxy(before: server.port, "CreateSecret", 1_000, "drop")
      try await withStore(nil, server.environment(port: proxy.port)) { store in
        let error = await #expect(throws: StoreError.self) {
          try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        }
        #expect(error?.exitCode == 76)
      }
      withExtendedLifetime(proxy) {}
    }

    @Test func `the same request again, after the change was made, says so and changes nothing`() async throws
    {
      try await withStore { store in
        let first = try await store.replace(document("A=1\n"), ifVersion: .absent, operation: OperationID())
        guard case .committed(let version) = first else { return #expect(Bool(false), "\(first)") }
        let operation = try OperationID()
        let second = try await store.replace(document("A=2\n"), ifVersion: version, operation: operation)
        guard case .committed(let next) = second else { return #expect(Bool(false), "\(second)") }
        _ = try await store.replace(document("A=3\n"), ifVersion: next, operation: OperationID())
        #expect(
          try await store.replace(document("A=2\n"), ifVersion: version, operation: operation) == second)
        #expect(try await text(of: store) == "A=3\n")
      }
    }

    @Test func `a document above 64 KiB is 65, and no request is made`() async throws {
      try await withStore { store in
        let more = Document(Array(repeating: UInt8(ascii: "#"), count: AWSLimits.documentBytes + 1))
        let error = await #expect(throws: StoreError.self) {
          try await store.replace(more, ifVersion: .absent, operation: OperationID())
        }
        #expect(error?.exitCode == 65)
        await #expect(throws: StoreError.self) { try await store.load() }
      }
    }

    @Test func `another access key, or none, is 77, and names no key`() async throws {
      let server = try SecretsManagerServer.shared.get()
      let wrong = "wJalrXUtnFEMI-not-this-one"
      try await withStore(nil, server.environment(["AWS_SECRET_ACCESS_KEY": wrong])) { store in
        let error = await #expect(throws: StoreError.self) { try await store.load() }
        #expect(error?.exitCode == 77)
        #expect(error?.message.contains(wrong) == false)
      }
      let error = await #expect(throws: StoreError.self) {
        try await withStore(nil, .made(["HOME": "/nowhere"])) { _ in }
      }
      #expect(error?.exitCode == 77)
      #expect(error?.message.hasSuffix("or run: aws configure") == true)
    }

    @Test func `the access key may stand in a profile of the shared credentials file`() async throws {
      let server = try SecretsManagerServer.shared.get()
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("cfgkit-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: file) }
      try Data(server.profile.utf8).write(to: file)
      let environment = EnvironmentBlock.made([
        "AWS_SHARED_CREDENTIALS_FILE": file.path, "AWS_PROFILE": "work",
        "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://127.0.0.1:\(server.port)/",
      ])
      try await withStore(nil, environment) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        #expect(try await text(of: store) == "A=1\n")
      }
    }

    @Test func `an endpoint without TLS on another machine is 64`() async throws {
      for url in ["http://10.0.0.1:80", "ftp://x", "http://127.evil.example@x/", "https://host/path"] {
        let error = await #expect(throws: StoreError.self) {
          try await withStore(
            nil, .made(["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_ENDPOINT_URL": url])
          ) { _ in }
        }
        #expect(error?.exitCode == 64)
      }
    }

    @Test func `where nobody listens it is 69`() async throws {
      let server = try SecretsManagerServer.shared.get()
      try await withStore(nil, server.environment(port: 1)) { store in
        let error = await #expect(throws: StoreError.self) { try await store.load() }
        #expect(error?.exitCode == 69)
      }
    }
  }

  /// Requests as AWS's own library signs them.
  @Suite(
    .enabled(if: SecretsManagerServer.isInstalled, "botocore is not on this machine; run: Scripts/setup test")
  )
  struct SignedRequestTests {
    private struct Asked: Encodable {
      let key = "AKIDEXAMPLE"
      let secret: String
      let token: String?
      let region: String
      let host: String
      let time: String
      let headers: [String: String]
      let body: String
    }

    private static let asked = [
      Asked(
        secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token: nil, region: "us-east-1",
        host: "secretsmanager.us-east-1.amazonaws.com", time: "20150830T123600Z",
        headers: [
          "content-type": "application/x-amz-json-1.1", "x-amz-target": "secretsmanager.GetSecretValue",
        ],
        body: #"{"SecretId":"shop/env"}"#),
      Asked(
        secret: "k", token: "a/long+token==", region: "eu-central-1", host: "127.0.0.1:4566",
        time: "20261231T235959Z", headers: ["x-amz-target": "a  b   c", "content-type": "text/plain"],
        body: "\u{FC}\n\u{1F511}"),
      Asked(
        secret: String(repeating: "s", count: 200), token: nil, region: "cn-north-1", host: "h",
        time: "20260101T000000Z", headers: ["content-type": "x"], body: ""),
    ]

    @Test func `a request is signed as botocore signs it`() throws {
      let (input, output) = (Pipe(), Pipe())
      let process = try SecretsManagerServer.run("sign", input, output)
      for asked in Self.asked {
        input.fileHandleForWriting.write(try JSONEncoder().encode(asked) + Data("\n".utf8))
      }
      input.fileHandleForWriting.closeFile()
      let expected = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        .split(separator: "\n").map(String.init)
      process.waitUntilExit()
      let made = try Self.asked.map { asked in
        var variables = ["AWS_ACCESS_KEY_ID": asked.key, "AWS_SECRET_ACCESS_KEY": asked.secret]
        variables["AWS_SESSION_TOKEN"] = asked.token
        let request = SignedRequest(
          service: "secretsmanager", region: asked.region, host: asked.host,
          headers: asked.headers.map { ($0.key, $0.value) }, body: Array(asked.body.utf8))
        let headers = try request.signed(by: AWSCredentials(from: .made(variables)), at: asked.time)
        return headers.first { $0.name == "authorization" }?.value
      }
      #expect(expected.count == 3)
      #expect(made == expected)
    }

    @Test(arguments: [
      "aws-sm://", "aws-sm://eu-central-1", "aws-sm://eu-central-1/", "aws-sm://EU/x", "aws-sm:///x",
      "aws-sm://AKID:secret@eu-central-1/x", "aws-sm://eu-central-1/a b", "aws-sm://eu-central-1/a?b",
      "etcd://h/p",
    ])
    func `what is no address is 64, and is not repeated`(text: String) {
      let error = #expect(throws: StoreError.self) { try AWSAddress(parsing: text) }
      #expect(error?.exitCode == 64)
      #expect(error?.message.contains("secret@") == false)
    }

    @Test func `an address is printed as it was written`() throws {
      let text = "aws-sm://eu-central-1/shop/env_1+=.@-x"
      #expect(try "\(AWSAddress(parsing: text))" == text)
    }
  }
#endif
