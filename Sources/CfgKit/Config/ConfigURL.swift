public import CfgKitSecrets

/// A URL of a configuration, in its parts (RFC 3986 §3), without Foundation.
///
/// It prints without its user part. Where the key is sensitive, a printed web address also hides path and query, which is
/// where a webhook keeps its secret, and a URL without `//` all behind its scheme; of other queries, parameters that sound like secrets
/// are hidden.
public struct ConfigURL: Sendable {
  /// One object, so that a copy costs one reference.
  private final class Content: Sendable {
    let whole: LayerValue
    let texts: Texts

    init?(_ whole: LayerValue) throws(SecretError) {
      let read = whole.withBytes { (bytes: borrowing RawSpan) -> Result<Texts, SecretError>? in
        guard let parts = URLParts(bytes) else { return nil }
        return Texts.reading(bytes, parts)
      }
      guard let texts = try read?.get() else { return nil }
      self.whole = whole
      self.texts = texts
    }
  }

  private struct Texts {
    let scheme, host, hosts, path: String
    let user, query: String?
    let password: Secret?
    let port: UInt16?
    let hasAuthority, hasStrayAt: Bool

    static func reading(_ bytes: borrowing RawSpan, _ parts: URLParts) -> Result<Texts, SecretError> {
      var (user, query): (String?, String?) = (nil, nil)
      var password: Secret?
      var port: UInt16?
      if let range = parts.user { user = PercentCoding.decodedText(bytes.extracting(range)) }
      if let range = parts.query { query = bytes.extracting(range).text }
      if let range = parts.port { port = TextForms.integer(bytes.extracting(range), as: UInt16.self) }
      do throws(SecretError) {
        if let range = parts.password { password = try PercentCoding.decoded(bytes.extracting(range)) }
      } catch {
        return .failure(error)
      }
      return .success(
        Texts(
          scheme: bytes.extracting(parts.scheme).text.lowercased(), host: bytes.extracting(parts.host).text,
          hosts: bytes.extracting(parts.hosts).text, path: bytes.extracting(parts.path).text, user: user,
          query: query, password: password, port: port, hasAuthority: parts.hasAuthority,
          hasStrayAt: parts.hasStrayAt))
    }
  }

  private let content: Content

  /// The URL of a text, or nil if it is none.
  init?(_ whole: LayerValue) throws(SecretError) {
    guard let content = try Content(whole) else { return nil }
    self.content = content
  }

  /// What stands before the first colon, in lower case: `postgresql+psycopg`.
  public var scheme: String { content.texts.scheme }
  /// The user, without percent-encoding, or nil.
  public var user: String? { content.texts.user }
  /// The password, without percent-encoding, or nil.
  public var password: Secret? { content.texts.password }
  /// The host, without the brackets of an IPv6 address; empty where a scheme needs none, and where a URL names several with a comma
  /// between them (MongoDB).
  public var host: String { content.texts.host }
  /// The port, or nil; nil where there are several hosts.
  public var port: UInt16? { content.texts.port }
  /// The path with its first slash, percent-encoded as it was written; may be empty.
  public var path: String { content.texts.path }
  /// What stands behind the question mark, percent-encoded as it was written, or nil.
  public var query: String? { content.texts.query }

  /// The whole URL with its password, in ordinary memory that cannot be wiped: for an interface that takes nothing else.
  public func exposedText() -> String {
    switch content.whole {
    case .text(let text): text
    case .secret(let secret): secret.exposedText()
    }
  }
}

extension ConfigURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// `scheme://host:port/path?query`, without the user part and without what sounds like a secret. Where an @ stands behind the host,
  /// all that may belong to a password is hidden.
  public var description: String {
    let start = scheme + (content.texts.hasAuthority ? "://" : ":")
    if content.texts.hasStrayAt {
      // `user:12/34@host`: what was read as a port is the beginning of a password.
      return start + (content.texts.hosts.contains(":") ? "" : "\(content.texts.hosts)/") + Self.mask
    }
    // Without an authority nobody knows which part of it is the secret.
    if !content.texts.hasAuthority, case .secret = content.whole { return start + Self.mask }
    let text = start + content.texts.hosts
    if isWebhook { return text + (path.count > 1 || query != nil ? "/\(Self.mask)" : path) }
    return text + path + (query.map { "?" + Self.shown(query: $0) } ?? "")
  }

  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` and mirrors find nothing.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

  private static let mask = "••••••••"

  private var isWebhook: Bool {
    guard case .secret = content.whole else { return false }
    return scheme == "https" || scheme == "http"
  }

  private static func shown(query: String) -> String {
    query.split(separator: "&", omittingEmptySubsequences: false).map { parameter in
      let name = parameter.prefix { $0 != "=" }
      return name.count < parameter.count && isSecret(name) ? "\(name)=\(mask)" : String(parameter)
    }.joined(separator: "&")
  }

  private static func isSecret(_ name: Substring) -> Bool {
    let name = name.lowercased()
    return ["pass", "pwd", "secret", "token", "key", "cred", "auth", "sig"].contains { name.contains($0) }
  }
}
