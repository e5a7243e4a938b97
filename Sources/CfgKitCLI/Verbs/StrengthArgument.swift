import CfgKit
import CfgKitDotEnv
import CfgKitSecrets

/// What `strength` scores, and against what.
enum StrengthArgument {
  /// The policy of `--min-bits`.
  static func policy(_ minBits: Int?) throws(Failure) -> StrengthPolicy {
    guard let minBits else { return .key }
    guard (1...512).contains(minBits) else { throw .usage("--min-bits takes 1 to 512") }
    return StrengthPolicy(minimumBits: minBits)
  }

  /// The secret of a hidden prompt.
  static func prompt(_ estimator: StrengthEstimator, _ console: Console) throws -> StrengthLines.Score {
    guard console.mayAsk, let prompt = Prompt() else {
      throw Failure.usage("there is no terminal to ask on; give the secrets with --stdin")
    }
    return try prompt.secret("secret: ").withBytes { bytes in score(bytes, estimator) }
  }

  private static func score(_ bytes: borrowing RawSpan, _ estimator: StrengthEstimator) -> StrengthLines.Score
  {
    StrengthLines.Score(estimate: estimator.estimate(bytes), parts: estimator.explain(bytes))
  }

  /// Every line of standard input, empty ones too; CR before LF is no part of a line.
  static func lines(_ estimator: StrengthEstimator) throws -> [StrengthLines.Score] {
    try FileStore.standardInput().0.withBytes { bytes in
      var scores: [StrengthLines.Score] = []
      var start = 0
      for index in 0...bytes.byteCount {
        let isEnd = index == bytes.byteCount
        guard isEnd || bytes[octet: index] == 0x0A else { continue }
        if isEnd, start == index { break }
        let end = index > start && bytes[octet: index - 1] == 0x0D ? index - 1 : index
        scores.append(score(bytes.extracting(start..<end), estimator))
        start = index + 1
      }
      return scores
    }
  }
}
