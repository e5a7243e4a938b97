import CfgKitSecrets
import Foundation
import Testing

extension StrengthEstimator {
  /// The estimate of bytes that a test made.
  func estimate(of bytes: [UInt8], for use: KeyUse = .general) -> StrengthEstimate {
    bytes.withUnsafeBytes { estimate($0.bytes, for: use) }
  }

  func explanation(of text: String) -> [TokenClass: Int] {
    Array(text.utf8).withUnsafeBytes { explain($0.bytes) }
  }
}

/// How much is drawn: all of it if `CFGKIT_NIGHTLY=1`, a sample otherwise, since debug builds are slow.
enum Amount {
  static let isNightly = ProcessInfo.processInfo.environment["CFGKIT_NIGHTLY"] == "1"
  static func of(_ sample: Int, nightly: Int) -> Int { isNightly ? nightly : sample }

  /// Nightly keys are drawn in pieces, so that a machine can be left to others in between.
  static let piece =
    ProcessInfo.processInfo.environment["CFGKIT_NIGHTLY_KEYS"].flatMap { Int($0) } ?? 1_000_000
  /// Keys of each format for the proof by chances.
  static let fuzzed =
    ProcessInfo.processInfo.environment["CFGKIT_NIGHTLY_FUZZED"].flatMap { Int($0) } ?? 1_000_000
}
