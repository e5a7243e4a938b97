import CfgKitSecrets
import Measurement

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One measurement of the strength estimator in a process of its own, as a line of JSON; `Strength/compare` calls it.
///
/// It reads secrets from standard input, one a line, and estimates them all in each run.
@main enum Main {
  static func main() {
    var secrets: [[UInt8]] = []
    while let line = readLine() { secrets.append(Array(line.utf8)) }
    guard !secrets.isEmpty else {
      fputs("usage: strength-timing < SECRETS\n", stderr)
      exit(64)
    }
    let estimator = StrengthEstimator()
    let clock = ProcessClock()
    keep(estimate(secrets[0], estimator))
    let first = clock.seconds
    let measurement = Measurement(runs: 20) {
      secrets.reduce(0) { $0 + estimate($1, estimator) }
    }
    let seconds = measurement.seconds.sorted()[measurement.seconds.count / 2] / Double(secrets.count)
    print(
      """
      {"count": \(secrets.count), "first": \(first), "median": \(seconds), "allocations": \(measurement.allocations)}
      """)
  }

  private static func estimate(_ secret: [UInt8], _ estimator: StrengthEstimator) -> Double {
    secret.withUnsafeBytes { estimator.estimate($0.bytes).bits }
  }
}
