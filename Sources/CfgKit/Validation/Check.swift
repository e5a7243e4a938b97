import CfgKitDotEnv
import SystemPackage

/// One check of `validate`: the rules that it reports, and how it finds them. One check, one file.
///
/// A check looks at facts and makes findings. It never runs anything, changes nothing, and puts no value into a message.
protocol Check: Sendable {
  /// The rules that this check reports.
  var rules: [Rule] { get }

  /// What it has to look at.
  var facts: Facts { get }

  /// What it finds, in any order; severities are the rules' own, the validator weighs them.
  func findings(in project: CheckedProject) -> [Finding]
}

extension Check {
  /// Most checks look at layers only.
  var facts: Facts { .layers }
}

/// What checks look at, from the least to the most.
public enum Facts: Int, Sendable, Hashable, Comparable {
  /// Schema, files, environment and what they resolve to: all that decides whether an application may start.
  case layers
  /// Also what git tracks: all that decides whether a commit may be made.
  case index
  /// Also file modes, ignore files, what lies in folders.
  case files

  /// Each looks at more than the one before.
  public static func < (left: Facts, right: Facts) -> Bool { left.rawValue < right.rawValue }
}

/// A project as checks see it: with the phase, and without the keys that an error already speaks of.
package struct CheckedProject: Sendable {
  package let project: Project
  package let phase: KeyDeclaration.Phase
  /// The rule packs that are on.
  let packs: [RulePack]
  /// The work trees of git around the files.
  let workTrees: GitWorkTrees
  /// The declared keys with their resolution, without those that are skipped in this phase.
  let declaredKeys: [Resolution.ResolvedKey]
  /// Every key with its resolution, without those that are skipped in this phase.
  let allKeys: [Resolution.ResolvedKey]

  init(project: Project, phase: KeyDeclaration.Phase, packs: [RulePack], workTrees: GitWorkTrees) {
    self.workTrees = workTrees
    self.project = project
    self.phase = phase
    self.packs = packs
    // Gathered once: every check goes through them.
    let all = project.resolution.all
    allKeys =
      phase == .run
      ? all
      : all.filter { key in key.declaration.map { !Self.isSkipped($0, phase) } ?? !key.isSensitive }
    declaredKeys = allKeys.filter(\.isDeclared)
  }

  var schema: Schema { project.schema }
  var resolution: Resolution { project.resolution }

  /// Whether a key need not exist yet: while an image is built, secrets and what `phase=run` names.
  func isSkipped(_ declaration: KeyDeclaration) -> Bool { Self.isSkipped(declaration, phase) }

  private static func isSkipped(_ declaration: KeyDeclaration, _ phase: KeyDeclaration.Phase) -> Bool {
    phase == .build && (declaration.isSensitive || declaration.phase == .run) && declaration.phase != .build
  }

  /// Whether a pack that is on speaks of a key, so that it is not called unknown.
  func isKnown(_ key: String) -> Bool { packs.contains { $0.knows(key) } }

  /// Whether a condition holds for the resolved values.
  func holds(_ condition: Condition) -> Bool {
    project.holds(condition)
  }

  /// The files that hold a secret, and where they are; neither standard input nor the document of a store.
  var filesWithSecrets: [(file: SourceFile, path: FilePath)] {
    project.files.compactMap { file in
      guard let path = file.path else { return nil }
      let holdsSecret = file.document.entries.contains { entry in
        resolution[file.document.key(of: entry)]?.isSensitive == true && !entry.valueRange.isEmpty
      }
      return holdsSecret ? (file, path) : nil
    }
  }

  /// Whether the reading of some file stopped early, so that nothing can be called missing.
  var isCutShort: Bool {
    project.files.contains { file in
      file.document.fileError != nil || file.reading.diagnostics.contains { $0.id == .unterminatedQuote }
    }
  }
}
