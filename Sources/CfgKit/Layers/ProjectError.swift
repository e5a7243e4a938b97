import CfgKitSecrets

/// Why a project could not be read at all. What is wrong *in* its files is a finding.
public struct ProjectError: Error, Sendable, Hashable {
  /// The kinds, each with its exit code.
  @nonexhaustive
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// A named file does not exist.
    case notFound = "not-found"
    /// A file may not be read.
    case unreadable
    /// A directory, a device or the like where a file was wanted, or one that is too large.
    case notAFile = "not-a-file"
    /// Reading failed.
    case io
    /// An option does not fit the project.
    case usage
    /// No guarded memory.
    case memory
    /// The store that takes the place of the files cannot be read now.
    case unavailable
  }

  /// What went wrong.
  public let code: Code
  /// The sentence for people, with the way out.
  public let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  init(_ error: SecretError) {
    self.init(.memory, error.message)
  }

  /// The exit code of a program that ends with it: see <doc:ExitCodes>.
  public var exitCode: Int32 {
    switch code {
    case .notFound: 66
    case .unreadable: 77
    case .notAFile: 65
    case .io: 74
    case .usage: 64
    case .memory: 70
    case .unavailable: 69
    }
  }
}

extension ProjectError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
