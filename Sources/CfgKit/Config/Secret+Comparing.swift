public import CfgKitSecrets

// Here, since an operator is not found through the import of a single type. Not as an unavailable conformance: that would exist at
// run time, and synthesis would use it.
extension Secret {
  /// Does not compile: `matches(_:)` compares in a time that tells nothing.
  @available(*, unavailable, message: "compare secrets with matches(_:), which takes the same time for all")
  public static func == (left: Secret, right: Secret) -> Bool { left.matches(right) }

  /// Does not compile: `matches(_:)` compares in a time that tells nothing.
  @available(*, unavailable, message: "compare secrets with matches(_:), which takes the same time for all")
  public static func != (left: Secret, right: Secret) -> Bool { !left.matches(right) }
}
