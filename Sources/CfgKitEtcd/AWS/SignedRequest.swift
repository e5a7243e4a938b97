import CfgKitSecrets

/// The headers that sign a request to AWS (Signature Version 4): what is sent, in its canonical form, under a key of the day, the region
/// and the service. The hashes are libsodium's.
///
/// Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
struct SignedRequest {
  /// Always POST, as AWS's services with JSON want it.
  let method = "POST"
  let service: String
  let region: String
  /// Host and port, as the header `Host` has it.
  let host: String
  /// What is signed beside host and time: names in lower case.
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  /// The headers to send: those that were given, the time, the session's token and the signature.
  ///
  /// - Parameter time: the moment in UTC, `20261126T094500Z`.
  func signed(by credentials: AWSCredentials, at time: String) throws(SecretError) -> [(
    name: String, value: String
  )] {
    var sent = headers + [("x-amz-date", time)]
    if let token = credentials.sessionToken { sent.append(("x-amz-security-token", token.exposedText())) }
    let all = (sent + [("host", host)]).sorted { $0.name < $1.name }
    let names = all.map(\.name).joined(separator: ";")
    let canonical =
      "\(method)\n/\n\n" + all.map { "\($0.name):\(Self.trimmed($0.value))\n" }.joined() + "\n\(names)\n"
      + SHA256.hex(of: body)
    let scope = RequestSignature.Scope(day: String(time.prefix(8)), region: region, service: service)
    let text = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(SHA256.hex(of: Array(canonical.utf8)))"
    let signature = try RequestSignature.hex(of: text, in: scope, by: credentials.secretKey)
    let authorization =
      "AWS4-HMAC-SHA256 Credential=\(credentials.keyID)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
    return sent + [("authorization", authorization)]
  }

  /// Without blanks at its ends, and with one where several stand in a row.
  private static func trimmed(_ value: String) -> String {
    value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }
}
