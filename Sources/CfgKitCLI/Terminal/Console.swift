import CfgKit
import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a verb speaks: the answer goes to stdout (or `--output`), everything else to stderr.
struct Console: Sendable {
  /// How the answer looks.
  let style: Style
  /// How notes and findings look that are not the answer.
  let errorStyle: Style
  /// Whether hints and notes are left out.
  let isQuiet: Bool
  /// Whether more is said than needed.
  let isVerbose: Bool
  /// Whether questions may be asked.
  let mayAsk: Bool
  private let outputFile: String?
  private let replacesOutputFile: Bool

  init(_ options: GlobalOptions) {
    let toFile = options.output != nil
    style = Style(
      options.color, isTerminal: !toFile && StandardStream.output.isTerminal, variable: Console.variable)
    errorStyle = Style(options.color, isTerminal: StandardStream.error.isTerminal, variable: Console.variable)
    isQuiet = options.quiet
    isVerbose = options.verbose
    mayAsk = !options.noInput
    outputFile = options.output
    replacesOutputFile = options.force
  }

  /// Whether the answer goes to the file of `--output`.
  var answersToFile: Bool { outputFile != nil }

  /// Whether the answer goes to a person's screen.
  var answersToTerminal: Bool { outputFile == nil && StandardStream.output.isTerminal }

  /// Writes the answer.
  func answer(_ text: String) throws {
    var answer = Answer()
    answer.append(text)
    try self.answer(answer)
  }

  /// Writes what was done. That stays done though nobody could be told, so a failure is a note: whoever tried again would do it twice.
  func answer(done text: String) {
    do { try answer(text) } catch {
      say("note: this was done, and its answer could not be written: \(Failure(error, verb: nil).message)")
    }
  }

  /// Writes the answer: to stdout, or with `--output` to a file of mode 0600, which is not replaced without `--force`.
  func answer(_ answer: Answer) throws {
    guard let outputFile else { return try answer.write(to: .output) }
    let document = try answer.document()
    let path = FilePath(outputFile)
    if !replacesOutputFile, try ProjectSearch.exists(path) {
      throw Failure(.exists, "exists", "\(outputFile) exists; replace it with --force")
    }
    try FileStore(path).update(createIfAbsent: true, mode: 0o600) { file in file = document }
  }

  /// Says something beside the answer; nothing with `--quiet`.
  func note(_ text: String) {
    guard !isQuiet else { return }
    try? StandardStream.error.write(text + "\n")
  }

  /// Warns that another layer hides what was written to a file or a store.
  func noteHiding(of key: String, writtenTo shownPath: String, in project: Project) {
    if project.options.environment.withVariable(key, { _ in }) {
      return note("note: the environment sets \(key) too, and wins; unset it there")
    }
    let index = project.files.lastIndex { $0.shownPath == shownPath } ?? -1
    for file in project.files.dropFirst(index + 1) where file.lastEntry(for: key) != nil {
      return note("note: \(file.shownPath) sets \(key) too, and wins")
    }
  }

  /// Warns, once, that the system did not lock all memory that holds secrets.
  func noteUnlockedMemory() {
    if let warning = SecretMemoryStatus.current.warning { note("note: \(warning)") }
  }

  /// Says what could not be checked, where no schema declares the keys.
  func noteMissingSchema(of report: Report) {
    guard !report.hasSchema else { return }
    note("note: no .env.schema here; only syntax, secrets and files were checked")
  }

  /// Names what `--fix` mended, or would.
  func noteFixes(_ findings: [Finding], done: Bool) {
    for finding in findings {
      let place = finding.location.map { "\($0): " } ?? ""
      note(
        "\(done ? "fixed" : "would fix")  "
          + Printable.text("\(place)\(finding.fix?.summary ?? finding.rule.id)"))
    }
    if findings.isEmpty { note("nothing to fix") }
  }

  /// Says something beside the answer, whatever the flags: findings and what a person must know.
  func say(_ text: String) {
    try? StandardStream.error.write(text + "\n")
  }

  /// The variable's text, or nil if it is unset.
  static func variable(_ name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }
}
