#if Etcd
  import AsyncHTTPClient
  import CfgKit
  import FoundationEssentials
  import NIOCore
  import NIOHTTP1
  import NIOPosix
  import NIOSSL
  import Synchronization
  import SystemPackage

  /// The servers of a cluster, spoken to through their JSON gateway.
  ///
  /// A read tries the next server. A write that was sent is never sent to another: whether it was done is for the caller to find out.
  final class EtcdGateway: Sendable {
    /// How a write came back.
    enum Written<Answer: Sendable>: Sendable {
      case answer(Answer)
      /// It was sent, and nobody knows whether it was done.
      case lost
      /// It was not done: the lease that it names has run out.
      case noLease
    }

    /// What one server made of one request.
    private enum Attempt {
      case answer(Data)
      /// It did nothing: not reached, busy, or asked for a sign-in.
      case notDone(why: String)
      case signInAgain
      /// It did nothing: there is no such lease.
      case noLease
      /// Nobody knows.
      case lost(why: String)
    }

    private struct State {
      var token: String?
      /// The server that answered last; the others come after it.
      var first = 0
    }

    private static let deadline = TimeAmount.seconds(5)
    /// A document of 1 MiB in base64 twice, and room.
    private static let largestAnswer = 8 << 20

    let address: EtcdAddress
    private let security: StoreSecurity
    private let client: HTTPClient
    private let state = Mutex(State())

    init(_ address: EtcdAddress, _ security: StoreSecurity) throws(StoreError) {
      self.address = address
      self.security = security
      var configuration = HTTPClient.Configuration()
      configuration.redirectConfiguration = .disallow
      configuration.timeout = .init(connect: .seconds(2))
      configuration.httpVersion = .http1Only
      // The next server is the better retry.
      configuration.connectionPool.retryConnectionEstablishment = false
      configuration.tlsConfiguration = try security.tlsConfiguration()
      client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections; nothing can be asked afterwards.
    func close() async {
      try? await client.shutdown()
    }

    /// Asks what changes nothing.
    func read<Answer: Decodable & Sendable>(
      _ path: String, _ request: some Encodable, as type: Answer.Type
    ) async throws(StoreError) -> Answer {
      var why = "no server answered"
      for endpoint in serversInOrder() {
        switch try await attempt(path, request, at: endpoint) {
        case .answer(let data):
          if let answer = GatewayJSON.decode(type, from: data) { return answer }
          why = "what answers is no etcd"
        case .notDone(let reason), .lost(let reason): why = reason
        case .noLease: throw .unreachable(address, "it does not know this request")
        case .signInAgain: throw .notAdmitted(address)
        }
      }
      throw .unreachable(address, why)
    }

    /// Asks for a change, once.
    func write<Answer: Decodable & Sendable>(
      _ path: String, _ request: some Encodable, as type: Answer.Type
    ) async throws(StoreError) -> Written<Answer> {
      var why = "no server answered"
      for endpoint in serversInOrder() {
        switch try await attempt(path, request, at: endpoint) {
        case .answer(let data):
          guard let answer = GatewayJSON.decode(type, from: data) else { return .lost }
          return .answer(answer)
        case .notDone(let reason): why = reason
        case .lost: return .lost
        case .noLease: return .noLease
        case .signInAgain: throw .notAdmitted(address)
        }
      }
      throw .unreachable(address, why)
    }

    /// Opens a watch on one server, the one that answered last; its lines come as they are sent.
    func stream(_ path: String, _ request: some Encodable, for time: TimeAmount) async throws
      -> HTTPClientResponse.Body
    {
      let endpoint = serversInOrder()[0]
      let call = try await call(path, request, to: endpoint)
      do {
        let response = try await client.execute(call, deadline: .now() + time)
        if response.status == .unauthorized { state.withLock { $0.token = nil } }
        guard response.status == .ok else { throw StoreError.unreachable(address, "a watch was refused") }
        return response.body
      } catch {
        passOver(endpoint)
        throw error
      }
    }

    /// Leaves a server that does not do its work to the end of the line.
    func passOverFirst() { passOver(serversInOrder()[0]) }

    // MARK: Servers

    private func serversInOrder() -> [EtcdAddress.Endpoint] {
      let first = state.withLock(\.first)
      return Array(address.endpoints[first...] + address.endpoints[..<first])
    }

    private func prefer(_ endpoint: EtcdAddress.Endpoint) {
      guard let index = address.endpoints.firstIndex(of: endpoint) else { return }
      state.withLock { $0.first = index }
    }

    private func passOver(_ endpoint: EtcdAddress.Endpoint) {
      guard let index = address.endpoints.firstIndex(of: endpoint) else { return }
      state.withLock { state in
        if state.first == index { state.first = (index + 1) % address.endpoints.count }
      }
    }

    // MARK: One request

    private func attempt(_ path: String, _ request: some Encodable, at endpoint: EtcdAddress.Endpoint)
      async throws(StoreError) -> Attempt
    {
      var result = try await once(path, request, at: endpoint)
      if case .signInAgain = result, security.signIn != nil {
        state.withLock { $0.token = nil }
        result = try await once(path, request, at: endpoint)
      }
      switch result {
      case .answer, .signInAgain, .noLease: prefer(endpoint)
      case .notDone, .lost: passOver(endpoint)
      }
      return result
    }

    private func once(_ path: String, _ request: some Encodable, at endpoint: EtcdAddress.Endpoint)
      async throws(StoreError) -> Attempt
    {
      let call: HTTPClientRequest
      do {
        call = try await self.call(path, request, to: endpoint)
      } catch let error as StoreError {
        guard error.code == .unreachable else { throw error }
        return .notDone(why: "no server answered")
      } catch {
        return .notDone(why: Self.reason(error))
      }
      do {
        let response = try await client.execute(call, timeout: Self.deadline)
        let body = Data(try await response.body.collect(upTo: Self.largestAnswer).readableBytesView)
        return try judge(response.status, body)
      } catch let error as StoreError {
        throw error
      } catch {
        return Self.wasNotSent(error) ? .notDone(why: Self.reason(error)) : .lost(why: Self.reason(error))
      }
    }

    private func call(_ path: String, _ request: some Encodable, to endpoint: EtcdAddress.Endpoint)
      async throws
      -> HTTPClientRequest
    {
      let scheme = security.usesTLS(to: endpoint) ? "https" : "http"
      var call = HTTPClientRequest(url: "\(scheme)://\(endpoint.text)/v3/\(path)")
      call.method = .POST
      call.headers.add(name: "Content-Type", value: "application/json")
      if let signIn = security.signIn, path != Self.signInPath {
        call.headers.add(name: "Authorization", value: try await token(signIn, endpoint))
      }
      guard let body = GatewayJSON.encode(request) else {
        throw StoreError.unreachable(address, "nothing to ask")
      }
      call.body = .bytes(ByteBuffer(bytes: body))
      return call
    }

    /// What a status means. etcd's own words may repeat what was sent, so they are compared and never shown.
    private func judge(_ status: HTTPResponseStatus, _ body: Data) throws(StoreError) -> Attempt {
      let refusal = GatewayJSON.decode(Refusal.self, from: body)
      let words = refusal?.error ?? ""
      switch status.code {
      case 200: return .answer(body)
      case 401: return .signInAgain
      case 403: throw .notAllowed(address)
      case 400 where words.contains("too large"):
        throw .documentTooLarge(for: address.description, limit: EtcdLimits.documentBytes)
      case 400 where words.contains("user name is empty") || words.contains("invalid auth token"):
        return .signInAgain
      case 400 where words.contains("authentication failed"): throw .notAdmitted(address)
      case 400 where words.contains("lease already exists"), 412 where words.contains("lease already exists"):
        return .answer(Data("{}".utf8))
      case 400 where words.contains("compacted"): return .answer(Data("{}".utf8))
      case 404 where words.contains("lease not found"): return .noLease
      case 429: return .notDone(why: "it is asked too much at once")
      case 400..<500: throw .unreachable(address, "it does not know this request")
      default: return .lost(why: words.contains("no leader") ? "it has no leader" : "it failed")
      }
    }

    /// Errors that come before the first byte of a request was sent.
    private static func wasNotSent(_ error: any Error) -> Bool {
      if error is NIOConnectionError || isConnectionRefused(error) { return true }
      if case NIOSSLError.handshakeFailed? = error as? NIOSSLError { return true }
      if let error = error as? HTTPClientError {
        return [.connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout].contains(error)
      }
      return error is NIOSSLExtraError || error is BoringSSLError
    }

    private static func reason(_ error: any Error) -> String {
      if error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError {
        return "its certificate is not trusted, or it wants one; see --store-ca, --store-cert and --store-key"
      }
      if error is NIOConnectionError || isConnectionRefused(error) { return "nothing answers there" }
      return "no answer came in time"
    }

    /// An address that is no name is connected to without the search that ends in `NIOConnectionError`.
    private static func isConnectionRefused(_ error: any Error) -> Bool {
      (error as? IOError)?.errnoCode == Errno.connectionRefused.rawValue
    }

    // MARK: Signing in

    private static let signInPath = "auth/authenticate"

    private func token(_ signIn: StoreSecurity.SignIn, _ endpoint: EtcdAddress.Endpoint)
      async throws(StoreError)
      -> String
    {
      if let token = state.withLock(\.token) { return token }
      let request = SignInRequest(name: signIn.user, password: signIn.password.exposedText())
      switch try await once(Self.signInPath, request, at: endpoint) {
      case .answer(let data):
        guard let answer = GatewayJSON.decode(SignInAnswer.self, from: data) else {
          throw .unreachable(address, "what answers is no etcd")
        }
        state.withLock { $0.token = answer.token }
        return answer.token
      case .signInAgain, .noLease: throw .notAdmitted(address)
      case .notDone(let why), .lost(let why): throw .unreachable(address, why)
      }
    }
  }

  extension StoreSecurity {
    fileprivate func tlsConfiguration() throws(StoreError) -> TLSConfiguration {
      var configuration = TLSConfiguration.makeClientConfiguration()
      guard (certificateFile == nil) == (keyFile == nil) else {
        throw .address("a certificate and its key belong together: --store-cert and --store-key")
      }
      if let authorityFile {
        do {
          configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorityFile))
        } catch {
          throw .notPEM("--store-ca", authorityFile)
        }
      }
      if let certificateFile, let keyFile {
        do {
          configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(certificateFile).map {
            .certificate($0)
          }
        } catch {
          throw .notPEM("--store-cert", certificateFile)
        }
        do {
          configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem))
        } catch {
          throw .notPEM("--store-key", keyFile)
        }
      }
      return configuration
    }
  }
#endif
