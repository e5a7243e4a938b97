public import CfgKitSecrets

extension Config {
  /// The keys of one rotating secret, as an application uses them: it signs with one and accepts all.
  public struct KeyRing: Sendable {
    /// The key that signs.
    public let current: Secret
    /// The keys that are accepted, the current one first.
    public let accepted: [Secret]
  }
}

extension Config.KeyRing {
  /// The ring of a key that has a value and rotates; nil for any other.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  init?(of key: Resolution.ResolvedKey, in resolution: Resolution) throws(SecretError) {
    guard key.isSensitive, !key.isMissing, let winner = key.winner, let rotation = key.declaration?.rotation
    else { return nil }
    let own = try winner.value.guarded
    guard let name = rotation.fallbackKey, let format = FallbackList.Format(rotation.fallbackFormat) else {
      self.init(current: own, accepted: [own])
      return
    }
    let list = FallbackList(format: format)
    if name == key.key {
      let keys = try Self.elements(list, own)
      let signing = rotation.signingIndex(amongOwn: keys.count)
      guard keys.indices.contains(signing) else { return nil }
      self.init(keys[signing], beside: keys)
    } else {
      let others = resolution[name]
      let isSet = others.map { !$0.isMissing } ?? false
      self.init(own, beside: try isSet ? Self.elements(list, others?.winner?.value.guarded) : [])
    }
  }

  private init(_ current: Secret, beside others: [Secret]) {
    self.init(current: current, accepted: [current] + others.filter { !$0.matches(current) })
  }

  /// Empty elements are no keys; a list that cannot be read was refused by validation.
  private static func elements(_ list: FallbackList, _ value: Secret?) throws(SecretError) -> [Secret] {
    guard let value else { return [] }
    do throws(FallbackList.Failure) { return try list.elements(of: value) } catch {
      if case .memory(let error) = error { throw error }
      return []
    }
  }
}
