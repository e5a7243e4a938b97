import CfgKit
import Crypto
import Foundation

/// Session cookies: the name of the member, and a code that only a holder of a key can make. Every accepted key opens one, the current
/// key makes one.
struct SignedSession {
  let ring: Config.KeyRing

  /// The cookie of a member, made with the current key.
  func cookie(for name: String) -> String {
    let code = Data(HMAC<SHA256>.authenticationCode(for: Data(name.utf8), using: SymmetricKey(ring.current)))
    return "\(Data(name.utf8).base64EncodedString()).\(code.base64EncodedString())"
  }

  /// The member whose cookie this is; nil if no accepted key made it.
  func name(in cookie: String) -> String? {
    let parts = cookie.split(separator: ".").map { Data(base64Encoded: String($0)) }
    guard parts.count == 2, let name = parts[0], let code = parts[1] else { return nil }
    let isGenuine = ring.accepted.contains {
      HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: name, using: SymmetricKey($0))
    }
    return isGenuine ? String(decoding: name, as: UTF8.self) : nil
  }
}

extension SymmetricKey {
  /// A copy of the secret, which swift-crypto wipes when it is done with it.
  init(_ secret: Secret) {
    self = secret.withBytes { key in key.withUnsafeBytes { SymmetricKey(data: $0) } }
  }
}
