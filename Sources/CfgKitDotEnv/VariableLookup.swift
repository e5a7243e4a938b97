/// Where an expansion finds variables that are not in the file: usually the process environment.
public protocol VariableLookup: Sendable {
  /// Lends the bytes of a variable to `body` and gives true; false, without a call, if it is unset. An empty variable is set.
  func withVariable(_ name: String, _ body: (borrowing RawSpan) -> Void) -> Bool
}

/// No variables: the file alone.
public struct NoVariables: VariableLookup {
  /// No variables.
  public init() {}
  /// Always false.
  public func withVariable(_ name: String, _ body: (borrowing RawSpan) -> Void) -> Bool { false }
}
