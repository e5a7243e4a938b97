import ArgumentParser

/// The argument of `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, always, never
}
