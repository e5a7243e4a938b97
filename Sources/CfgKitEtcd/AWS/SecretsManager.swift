#if Etcd
  import AsyncHTTPClient
  import CfgKit
  import CfgKitSecrets
  import FoundationEssentials
  import NIOCore
  import NIOHTTP1
  import NIOPosix
  import NIOSSL

  /// AWS Secrets Manager, spoken to over HTTPS with signed requests.
  final class SecretsManager: Sendable {
    /// How a request came back.
    enum Reply<Answer: Sendable>: Sendable {
      case answer(Answer)
      /// AWS did not do it; the name of its exception.
      case refused(String)
      /// It was sent, and nobody knows whether it was done.
      case lost
    }

    private static let deadline = TimeAmount.seconds(10)
    /// A document of 64 KiB in base64, and room.
    private static let largestAnswer = 1 << 20
    /// How often what changes nothing is asked, where no answer comes.
    private static let attempts = 3

    let address: AWSAddress
    private let credentials: AWSCredentials
    private let endpoint: Endpoint
    private let client: HTTPClient

    /// Where the service is.
    struct Endpoint: Sendable {
      let url: String
      /// As the header `Host` has it.
      let host: String

      /// The region's, or the one of `AWS_ENDPOINT_URL_SECRETS_MANAGER` or `AWS_ENDPOINT_URL`, which AWS's own tools follow too.
      ///
      /// - Throws: `StoreError` for one that is neither HTTPS nor on this machine: what is sent is secret.
      init(of address: AWSAddress, _ environment: EnvironmentBlock) throws(StoreError) {
        let named = ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"].lazy.compactMap { name in
          environment.text(name).flatMap { $0.isEmpty ? nil : $0 }
        }.first
        guard let named else {
          let suffix = address.region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
          host = "secretsmanager.\(address.region).\(suffix)"
          url = "https://\(host)/"
          return
        }
        let scheme = named.hasPrefix("https://") ? "https://" : "http://"
        let rest = named.dropFirst(scheme.count)
        let host = String(rest.prefix { $0 != "/" })
        let name = host.prefix { $0 != ":" }
        guard named.hasPrefix(scheme), !host.isEmpty, !host.contains("@"),
          rest.dropFirst(host.utf8.count).allSatisfy({ $0 == "/" }),
          scheme == "https://" || name == "localhost" || name.hasPrefix("127.")
        else {
          throw .address(
            "AWS_ENDPOINT_URL is https://HOST, or http://HOST on this machine, and nothing behind it")
        }
        self.host = host
        url = scheme + host + "/"
      }
    }

    init(_ address: AWSAddress, _ environment: EnvironmentBlock) throws(StoreError) {
      self.address = address
      credentials = try AWSCredentials(from: environment)
      endpoint = try Endpoint(of: address, environment)
      var configuration = HTTPClient.Configuration()
      configuration.redirectConfiguration = .disallow
      configuration.timeout = .init(connect: .seconds(3))
      configuration.httpVersion = .http1Only
      client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections; nothing can be asked afterwards.
    func close() async {
      try? await client.shutdown()
    }

    /// Asks what changes nothing; nil where AWS knows no such secret, version or label.
    func read<Answer: Decodable & Sendable>(
      _ request: some Encodable & Sendable, as type: Answer.Type
    ) async throws(StoreError) -> Answer? {
      for _ in 0..<Self.attempts {
        switch try await write(request, as: type) {
        case .answer(let answer): return answer
        case .refused("ResourceNotFoundException"): return nil
        case .refused("InvalidRequestException"):
          throw .unusable(address, "is marked to be deleted; restore it first")
        case .refused: throw .unreachable(address, "it does not know this request")
        case .lost: continue
        }
      }
      throw .unreachable(address, "no answer came in time")
    }

    /// Asks for a change, once.
    func write<Answer: Decodable & Sendable>(
      _ request: some Encodable & Sendable, as type: Answer.Type = NothingMore.self
    ) async throws(StoreError) -> Reply<Answer> {
      let name = String(describing: Swift.type(of: request))
      guard let body = try? JSONEncoder().encode(request) else {
        throw .unreachable(address, "nothing to ask")
      }
      let call = try signed(name, Array(body))
      let status: HTTPResponseStatus
      let data: Data
      do {
        let response = try await client.execute(call, timeout: Self.deadline)
        status = response.status
        data = Data(try await response.body.collect(upTo: Self.largestAnswer).readableBytesView)
      } catch {
        guard Self.wasNotSent(error) else { return .lost }
        throw .unreachable(address, "nothing answers there, or its certificate is not trusted")
      }
      switch status.code {
      case 200:
        guard let answer = try? JSONDecoder().decode(type, from: data) else { return .lost }
        return .answer(answer)
      case 400..<500:
        let refusal = (try? JSONDecoder().decode(SecretsManagerRefusal.self, from: data))?.name ?? ""
        if refusal.isEmpty, [401, 403].contains(status.code) { throw .notAdmitted(address) }
        return .refused(try known(refusal))
      default: return .lost
      }
    }

    private func signed(_ name: String, _ body: [UInt8]) throws(StoreError) -> HTTPClientRequest {
      let request = SignedRequest(
        service: "secretsmanager", region: address.region, host: endpoint.host,
        headers: [
          ("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "secretsmanager.\(name)"),
        ], body: body)
      let time = Date.now.formatted(
        Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt))
      var call = HTTPClientRequest(url: endpoint.url)
      call.method = .POST
      do throws(SecretError) {
        for header in try request.signed(by: credentials, at: time) {
          call.headers.add(name: header.name, value: header.value)
        }
      } catch {
        throw StoreError(.memory, place: address.description, error.message)
      }
      call.body = .bytes(ByteBuffer(bytes: body))
      return call
    }

    /// The name of an exception, where its caller has to know it.
    private func known(_ name: String) throws(StoreError) -> String {
      switch name {
      case "AccessDeniedException": throw .notAllowed(address)
      case "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException",
        "InvalidClientTokenId", "MissingAuthenticationTokenException", "IncompleteSignatureException",
        "SignatureDoesNotMatch":
        throw .notAdmitted(address)
      case "ThrottlingException", "LimitExceededException":
        throw .unreachable(address, "it is asked too much at once")
      case "DecryptionFailure", "EncryptionFailure":
        throw .unusable(address, "has a key of AWS KMS that cannot be used; ask its operator")
      default: return name
      }
    }

    /// Errors that come before the first byte of a request was sent.
    private static func wasNotSent(_ error: any Error) -> Bool {
      if error is NIOConnectionError { return true }
      if case NIOSSLError.handshakeFailed? = error as? NIOSSLError { return true }
      if let error = error as? HTTPClientError {
        return [.connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout].contains(error)
      }
      return error is NIOSSLExtraError || error is BoringSSLError
    }
  }
#endif
