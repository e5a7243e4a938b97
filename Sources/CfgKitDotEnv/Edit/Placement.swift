/// Where a new entry or new lines go.
public enum Placement: Sendable, Hashable {
  /// The end of the file.
  case end
  /// Above the effective entry of `key` and the comments directly above it; at the end if there is none.
  case before(key: String)
  /// Below the effective entry of `key`; at the end if there is none.
  case after(key: String)
}
