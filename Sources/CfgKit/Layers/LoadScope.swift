package import SystemPackage

/// What a load begins with where it is not told otherwise: the working directory and the process environment, or what a test has in
/// their place (`CfgKitTesting`).
package struct LoadScope: Sendable {
  /// Where the search for the project begins.
  package let directory: FilePath
  /// The highest layer.
  package let environment: EnvironmentBlock

  /// The scope of the running task, nil outside of all tests.
  @TaskLocal package static var ofTask: LoadScope?

  /// The scope that counts.
  static var current: LoadScope { ofTask ?? LoadScope(directory: ".", environment: .process) }

  /// Both, in place of the process's.
  package init(directory: FilePath, environment: EnvironmentBlock) {
    self.directory = directory
    self.environment = environment
  }
}
