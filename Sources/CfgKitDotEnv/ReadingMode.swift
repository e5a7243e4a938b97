/// What a reader does where readers of `.env` files truly disagree.
public enum ReadingMode: Sendable, Hashable {
  /// Refuses, with a place and a fix. The default everywhere.
  case strict
  /// Takes the reading that the table of diagnostics states, and warns.
  case compatible
}
