/// What a `set` did.
public struct EditResult: Sendable, Hashable {
  /// Whether the key was not there before.
  public let isNew: Bool
  /// How many earlier entries of the key there are, which stay without effect.
  public let duplicates: Int
  /// Whether all readers of `.env` files that support quotes read the spelling alike.
  public let isPortable: Bool
  /// Where the entry is now.
  public let position: Position
}
