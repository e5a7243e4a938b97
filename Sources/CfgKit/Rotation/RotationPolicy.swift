import CfgKitSecrets

/// How one key rotates: the words of its declaration that <doc:SchemaFile> lists under Rotation.
public struct RotationPolicy: Sendable, Hashable {
  /// How previous and next keys are written down.
  public enum FallbackFormat: String, Sendable, Hashable, CaseIterable {
    /// Joined with commas.
    case csv
    /// A JSON array of strings.
    case json
    /// Numbered variables, the highest signs (Auth.js).
    case authjs
    /// `number:key` pairs, the first is current (better-auth).
    case versioned
    /// A JSON Web Key Set of all public keys under their fingerprints (JWT issuers).
    case jwks
  }

  /// In which order the keys of a list stand.
  public enum FallbackOrder: String, Sendable, Hashable, CaseIterable {
    case newestFirst = "newest-first"
    case oldestFirst = "oldest-first"
  }

  /// The age after which the key should be replaced (`rotate=180d`), or nil for no limit.
  public var maximumAge: Duration?
  /// The key that holds what is still accepted (`fallback=KEY`), or nil if nothing can be kept.
  public var fallbackKey: String?
  /// How that list is written.
  public var fallbackFormat: FallbackFormat
  /// In which order it stands.
  public var fallbackOrder: FallbackOrder
  /// How long a previous key stays accepted: the framework's longest session.
  public var grace: Duration
  /// The time in which every process has been restarted.
  public var settle: Duration
  /// Whether a next key is always published ahead of time (`standing-next`).
  public var keepsStandingNext: Bool
  /// After what silence the fleet goes on without a member (`forget-after=10m`), or nil for never.
  public var forgetAfter: Duration?

  /// The longest time that any of its words may say: a moment so much later still has a date.
  static let longestTime = Duration.seconds(36_500 * 86_400)

  /// At most so many previous keys: each costs time on every old cookie. Auth.js has room for one.
  var mostPrevious: Int { fallbackFormat == .authjs ? 1 : 2 }

  /// A policy with the defaults of a schema: csv, newest first, 31 days of grace, 24 hours to settle.
  public init(
    maximumAge: Duration? = nil, fallbackKey: String? = nil, fallbackFormat: FallbackFormat = .csv,
    fallbackOrder: FallbackOrder = .newestFirst, grace: Duration = .seconds(31 * 86_400),
    settle: Duration = .seconds(86_400), keepsStandingNext: Bool = false, forgetAfter: Duration? = nil
  ) {
    self.maximumAge = maximumAge
    self.fallbackKey = fallbackKey
    self.fallbackFormat = fallbackFormat
    self.fallbackOrder = fallbackOrder
    self.grace = grace
    self.settle = settle
    self.keepsStandingNext = keepsStandingNext
    self.forgetAfter = forgetAfter
  }
}

extension RotationPolicy {
  /// The keys of a document in which the ring of a key is kept, its own first.
  func keyNames(of key: String) -> [String] {
    guard let fallbackKey else { return [key] }
    return switch fallbackFormat {
    case .csv, .json, .versioned: fallbackKey == key ? [key] : [key, fallbackKey]
    case .authjs: [key, fallbackKey, Self.numbered(key, 1)]
    case .jwks: [key, signingID(of: key), otherPrivateKeys(of: key), fallbackKey]
    }
  }

  /// What keeps a key from rotating by this policy, a sentence behind what names the policy; nil if nothing does.
  ///
  /// A set of web keys is published, so it is no list in the key itself, and can be made of some kinds of key only.
  func problem(of key: String, made generate: KeyFormat?) -> String? {
    guard fallbackFormat == .jwks else { return nil }
    guard let fallbackKey, fallbackKey != key else {
      return "needs a key of its own for the set: fallback=\(key)_JWKS"
    }
    guard [.ed25519, .ed25519PKCS8, .jwk].contains(generate?.kind) else {
      return "is for keys of generate=ed25519, ed25519-pkcs8 or jwk"
    }
    return nil
  }

  /// `AUTH_SECRET_1` of `AUTH_SECRET_3` (Auth.js).
  static func numbered(_ key: String, _ number: Int) -> String { "\(stem(of: key))_\(number)" }

  /// `AUTH_SECRET` of `AUTH_SECRET_3`.
  static func stem(of key: String) -> String { key.hasSuffix("_3") ? String(key.dropLast(2)) : key }

  /// Where the id of the key that signs stands, since tokens name it (`kid`).
  func signingID(of key: String) -> String { "\(key)_KID" }

  /// Where an issuer's previous and next private keys stand; a set lists only what verifies.
  func otherPrivateKeys(of key: String) -> String { "\(key)_PRIVATE_OTHERS" }

  /// Whether the first key is more than the text of the key itself: it has a number, or is published under an id.
  var dressesEveryKey: Bool { fallbackKey != nil && [.versioned, .jwks].contains(fallbackFormat) }

  /// Which of so many keys signs where a key holds its own list: the one at the end where new keys go.
  func signingIndex(amongOwn count: Int) -> Int { fallbackOrder == .newestFirst ? 0 : max(0, count - 1) }
}
