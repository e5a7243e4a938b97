import SystemPackage

extension FilePath {
  /// Whether something is there, a dangling link too.
  var exists: Bool { (try? stat(followTargetSymlink: false)) != nil }
}
