/// Where a value came from. Every resolved value has one, and every losing layer keeps its own.
public enum Origin: Sendable, Hashable {
  /// The default that stands in the schema at this place.
  case schema(Location)
  /// The entry of a `.env` file; the place is the key's.
  case file(Location)
  /// The process environment.
  case environment

  /// The place in a file, or nil for the environment.
  public var location: Location? {
    switch self {
    case .schema(let location), .file(let location): location
    case .environment: nil
    }
  }
}

extension Origin: CustomStringConvertible {
  /// `environment`, or `path:line`.
  public var description: String {
    location?.lineDescription ?? "environment"
  }
}
