public import Testing

/// Gives each test of a suite, or each case of a test, a project of its own: `withProject` as a trait of Swift Testing.
///
///     @Test(.project([".env": "RATE_LIMIT=5\n"])) func readsTheLimit() throws {
///       #expect(try Config.load().required("RATE_LIMIT", as: Int.self) == 5)
///     }
public struct ProjectTrait: TestTrait, SuiteTrait, TestScoping {
  let files: [String: String]
  let environment: [String: String]

  /// Whether the tests of a suite get it one by one: yes.
  public var isRecursive: Bool { true }

  /// Runs the test in the scope of `withProject`.
  ///
  /// - Throws: `Errno` if the project cannot be made, or what the test throws.
  public func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await withProject(files, environment: environment) { _ in try await function() }
  }
}

extension Trait where Self == ProjectTrait {
  /// A project of these files and these environment variables, in the place of the working directory and the process environment.
  ///
  /// - Parameters:
  ///   - files: the files, text by name.
  ///   - environment: the environment variables, all of them.
  public static func project(_ files: [String: String] = [:], environment: [String: String] = [:]) -> Self {
    ProjectTrait(files: files, environment: environment)
  }
}
