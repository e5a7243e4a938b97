package import CfgKit
import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// Who this is to AWS. Never from arguments, which a process listing shows.
package struct AWSCredentials: Sendable {
  /// The name of the access key, which is no secret.
  let keyID: String
  /// The access key.
  let secretKey: Secret
  /// The token of a session, where the key is a temporary one.
  let sessionToken: Secret?

  /// From the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`), else from the shared credentials file
  /// (`AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws/credentials`; `AWS_PROFILE`, else `default`), as AWS's own tools have them.
  ///
  /// - Throws: `StoreError` where there are none, or they cannot be read.
  package init(from environment: EnvironmentBlock = .process) throws(StoreError) {
    if let found = try Self(
      named: environment.text,
      secret: { name throws(SecretError) in
        try Self.secret(name, environment)
      })
    {
      self = found
      return
    }
    let profile = environment.text("AWS_PROFILE").flatMap { $0.isEmpty ? nil : $0 } ?? "default"
    guard let path = Self.file(environment) else { throw .noCredentials(profile: profile) }
    let document: Document
    do throws(StoreError) { (document, _) = try FileStore(path).load() } catch {
      if error.code == .notFound { throw .noCredentials(profile: profile) }
      throw error
    }
    let section = Section(profile, in: document)
    guard
      let found = try Self(
        named: { section.text($0.lowercased()) },
        secret: { name throws(SecretError) in try section.secret(name.lowercased()) })
    else { throw .noCredentials(profile: profile) }
    self = found
  }

  private init?(
    named text: (String) -> String?, secret: (String) throws(SecretError) -> Secret?
  ) throws(StoreError) {
    do throws(SecretError) {
      guard let keyID = text("AWS_ACCESS_KEY_ID"), !keyID.isEmpty,
        let secretKey = try secret("AWS_SECRET_ACCESS_KEY"), !secretKey.isEmpty
      else { return nil }
      self.keyID = keyID
      self.secretKey = secretKey
      sessionToken = try secret("AWS_SESSION_TOKEN").flatMap { $0.isEmpty ? nil : $0 }
    } catch {
      throw StoreError(.memory, place: "credentials", error.message)
    }
  }

  private static func secret(_ name: String, _ environment: EnvironmentBlock) throws(SecretError) -> Secret? {
    var found: Result<Secret, SecretError>?
    environment.withVariable(name) { bytes in
      do throws(SecretError) { found = .success(try Secret(copying: bytes)) } catch {
        found = .failure(error)
      }
    }
    return try found?.get()
  }

  private static func file(_ environment: EnvironmentBlock) -> FilePath? {
    if let path = environment.text("AWS_SHARED_CREDENTIALS_FILE"), !path.isEmpty { return FilePath(path) }
    return environment.text("HOME").map { FilePath($0).appending(".aws").appending("credentials") }
  }
}

/// One profile of a shared credentials file: lines `name = value` below `[profile]`.
private struct Section {
  private let document: Document
  /// Where the value of each name stands.
  private var values: [String: Range<Int>] = [:]

  init(_ profile: String, in document: Document) {
    self.document = document
    values = document.withBytes { bytes in
      var values: [String: Range<Int>] = [:]
      var isHere = false
      var start = 0
      while start < bytes.byteCount {
        var end = start
        while end < bytes.byteCount, bytes[octet: end] != UInt8(ascii: "\n") { end += 1 }
        let line = Self.trimmed(start..<end, bytes)
        start = end + 1
        guard let first = line.first.map({ bytes[octet: $0] }) else { continue }
        if first == UInt8(ascii: "[") {
          isHere = Self.text(line, bytes) == "[\(profile)]"
        } else if isHere, first != UInt8(ascii: "#"), first != UInt8(ascii: ";"),
          let equals = line.first(where: { bytes[octet: $0] == UInt8(ascii: "=") })
        {
          let name = Self.text(Self.trimmed(line.lowerBound..<equals, bytes), bytes)
          values[name.lowercased()] = Self.trimmed(equals + 1..<line.upperBound, bytes)
        }
      }
      return values
    }
  }

  /// A value that is no secret.
  func text(_ name: String) -> String? {
    values[name].map { range in document.withBytes { Self.text(range, $0) } }
  }

  func secret(_ name: String) throws(SecretError) -> Secret? {
    guard let range = values[name] else { return nil }
    return try document.withBytes { (bytes: borrowing RawSpan) throws(SecretError) -> Secret in
      try Secret(copying: bytes.extracting(range))
    }
  }

  private static func trimmed(_ range: Range<Int>, _ bytes: borrowing RawSpan) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Octet.isSpace(bytes[octet: start]) { start += 1 }
    while start < end, Octet.isSpace(bytes[octet: end - 1]) { end -= 1 }
    return start..<end
  }

  private static func text(_ range: Range<Int>, _ bytes: borrowing RawSpan) -> String {
    String(decoding: range.map { bytes[octet: $0] }, as: UTF8.self)
  }
}
