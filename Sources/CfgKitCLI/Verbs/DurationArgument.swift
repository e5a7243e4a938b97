import ArgumentParser
import CfgKit

/// A length of time on the command line: `30d`, `12h`, or `0`.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    if argument == "0" {
      duration = .zero
    } else if let duration = Units.duration(argument), duration >= .zero {
      self.duration = duration
    } else {
      return nil
    }
  }
}
