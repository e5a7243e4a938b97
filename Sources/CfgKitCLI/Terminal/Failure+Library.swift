import ArgumentParser
import CfgKit
import CfgKitDotEnv
import CfgKitSecrets

extension Failure {
  /// The failure that an error of the library or of the argument parser means.
  init(_ error: any Error, verb: String?) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ProjectError:
      self.init(ExitStatus(code: error.exitCode), error.code.rawValue, error.message)
    case let error as StoreError:
      self.init(ExitStatus(code: error.exitCode), String(describing: error.code), error.message)
    case let error as RotationRefusal:
      self.init(ExitStatus(code: error.exitCode), error.code.rawValue, error.message)
    case let error as EditError:
      self.init(.unreadable, "not-editable", error.message)
    case let error as SecretError:
      self.init(.software, "secret", error.message)
    case let error as KeyFormatError:
      self = .usage(error.message)
    case let error as ScaffoldError:
      self.init(error)
    case let code as ExitCode:
      self.init(ExitStatus(code: code.rawValue), "exit", "")
    default:
      self = UsageMessage.failure(for: error, verb: verb)
    }
  }

  private init(_ error: ScaffoldError) {
    switch error.code {
    case .schemaExists: self.init(.exists, error.code.rawValue, error.message)
    case .invalidSchema: self.init(.invalidSchema, error.code.rawValue, error.message)
    case .usage: self = .usage(error.message)
    case .unreadable: self.init(.unreadable, error.code.rawValue, error.message)
    }
  }
}
