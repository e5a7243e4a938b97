/// The number with which cfgkit ends. Stable: numbers are only added.
struct ExitStatus: Equatable, Sendable {
  /// What the shell sees in `$?`.
  let code: Int32

  static let ok = ExitStatus(code: 0)
  static let findings = ExitStatus(code: 1)
  static let declined = ExitStatus(code: 2)
  static let usage = ExitStatus(code: 64)
  static let unreadable = ExitStatus(code: 65)
  static let notFound = ExitStatus(code: 66)
  static let unavailable = ExitStatus(code: 69)
  static let software = ExitStatus(code: 70)
  static let exists = ExitStatus(code: 73)
  static let inputOutput = ExitStatus(code: 74)
  static let busy = ExitStatus(code: 75)
  static let noPermission = ExitStatus(code: 77)
  static let invalidSchema = ExitStatus(code: 78)
  static let refusedToRun = ExitStatus(code: 125)
  static let notExecutable = ExitStatus(code: 126)
  static let commandNotFound = ExitStatus(code: 127)
}

extension ExitStatus {
  /// What `cfgkit --exit-codes` prints.
  static let table = """
      0    nothing at or above --fail-on (default error)
      1    findings: validate, diff, doctor, strength, the last step of init, rotate-secret --check;
           an invalid key in get, set
      2    you said no, or Ctrl-C at a prompt; nothing changed
     64    usage: bad flag, unknown verb, a needed flag is missing
     65    not a .env or schema (encoding, size), or too broken to read values from or to edit
     66    a named file does not exist, or a store has no document; get of an unset key
     69    doctor --online: only services failed; a store is unreachable, or cfgkit-fleet is not there
     70    bug in cfgkit
     73    the target exists (no --merge or --force), or is not a file that can be replaced;
           push, pull: it holds something else
     74    I/O error; the old file is intact
     75    locked by another cfgkit, or the file or the store changed meanwhile; waiting is enough;
           rotate-secret: too early, or not every member of the fleet has the last change
     76    the new file is in place, but the disk did not confirm it; or a store did not say whether it is
     77    unreadable file, or a folder that cannot be written; a store that lets somebody else in
     78    invalid schema or template
    125    run: refused before the command was started
    126    run: the command is not executable
    127    run: the command was not found
    128+N  ended by signal N
    """
}
