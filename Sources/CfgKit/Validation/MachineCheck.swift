/// One check of `doctor` alone: it also looks at what is installed, at source text, git's history and session stores.
protocol MachineCheck: Sendable {
  /// The rules that this check reports.
  var rules: [Rule] { get }
}
