/// How much a finding weighs.
public enum Severity: String, Sendable, Hashable, CaseIterable {
  case error, warning, info
}

extension Severity: Comparable {
  private var weight: Int {
    switch self {
    case .error: 2
    case .warning: 1
    case .info: 0
    }
  }

  /// info < warning < error.
  public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }
}
