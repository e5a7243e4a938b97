public import CfgKitSecrets

extension Config {
  /// The keys of one rotating secret, as an application uses them: it signs with one and accepts all.
  public struct KeyRing: Sendable {
    /// The key that signs. That of an issuer's tokens (`jwks`) is private; its id stands in `KEY_KID`.
    public let current: Secret
    /// The keys that are accepted, the current one first.
    public let accepted: [Secret]
  }
}

extension Config.KeyRing {
  /// The ring of a key that has a value and rotates, in any of the formats of a schema; nil for any other.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  init?(of key: Resolution.ResolvedKey, in resolution: Resolution) throws(SecretError) {
    guard key.isSensitive, !key.isMissing, let winner = key.winner, let rotation = key.declaration?.rotation
    else { return nil }
    do {
      let values = try RingSlots(of: key.key, rotation, in: "").read { name in
        try resolution[name]?.winner?.value.guarded
      }
      guard let current = values.current else { return nil }
      self.init(current: current, accepted: [current] + values.others.filter { !$0.matches(current) })
    } catch let error as SecretError {
      throw error
    } catch {
      // A list that cannot be read was refused by validation.
      let own = try winner.value.guarded
      self.init(current: own, accepted: [own])
    }
  }
}
