/// One check of `doctor` alone: it also looks at what is installed, at source text, git's history and session stores.
///
/// What it reads from source text is a guess, and weighs no more than a warning.
protocol MachineCheck: Sendable {
  /// The rules that this check reports.
  var rules: [Rule] { get }

  /// What it finds, in any order; severities are the rules' own, the validator weighs them.
  func findings(in examined: ExaminedProject) -> [Finding]

  /// What becomes of another check's finding with more facts at hand: the same, or one with a better way out.
  func refined(_ finding: Finding, in examined: ExaminedProject) -> Finding
}

extension MachineCheck {
  /// Most checks have nothing to add.
  func refined(_ finding: Finding, in examined: ExaminedProject) -> Finding { finding }
}

/// A project with what lies around it.
struct ExaminedProject: Sendable {
  let checked: CheckedProject
  let surroundings: Surroundings

  var resolution: Resolution { checked.resolution }
  var python: PythonProject { surroundings.python }
}
