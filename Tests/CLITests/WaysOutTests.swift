import Testing

/// What cfgkit prints as the way out is a command that can be run as it stands, where cfgkit was run, and is about the same files.
@Suite struct WaysOutTests {
  private static let schema = """
    # @defaultRequired=true
    # ---
    # @sensitive # cfgkit: strength=128 generate=hex:32
    SECRET_KEY=
    PORT=

    """

  private static func scratch() -> Scratch {
    Scratch([
      "app/.env.schema": schema, "app/.env": "SECRET_KEY=changeme\n",
      "app/.env.production": "SECRET_KEY=changeme\n", "app/b.env": "SECRET_KEY=changeme\n",
      "app/deploy/other.schema": schema, "own/.env.schema": schema, "own/.env": "SECRET_KEY=changeme\n",
    ])
  }

  /// The words of every command of cfgkit that was printed as a way out.
  private static func commands(in outcome: Outcome) -> [[String]] {
    outcome.everything.split(separator: "\n").compactMap { line in
      line.firstRange(of: ": cfgkit ").map { line[$0.upperBound...].split(separator: " ").map(String.init) }
    }
  }

  /// What is run, the way out, and the file that it changes.
  private static let cases: [(words: String, way: String, file: String)] = [
    ("-C app rotate-secret SECRET_KEY", "-C app rotate-secret SECRET_KEY --drop-previous", "app/.env"),
    (
      "-C app -e production rotate-secret SECRET_KEY",
      "-C app -e production rotate-secret SECRET_KEY --drop-previous", "app/.env.production"
    ),
    (
      "rotate-secret SECRET_KEY -C app -f b.env",
      "-C app -f b.env rotate-secret SECRET_KEY --drop-previous",
      "app/b.env"
    ),
    ("-C app/../app -e production get PORT", "-C app/../app -e production set PORT", "app/.env"),
    ("-C app -f b.env get PORT", "-C app -f b.env set PORT", "app/b.env"),
    ("-C app -f b.env validate", "-C app -f b.env set PORT", "app/b.env"),
    (
      "-C app --schema deploy/other.schema validate", "-C app --schema deploy/other.schema set PORT",
      "app/.env"
    ),
    ("-C app --compat --schema .env.schema validate", "-C app --compat set PORT", "app/.env"),
    ("-C . validate --recursive", "-C app set PORT", "app/.env"),
    ("-C app/.. validate --recursive", "-C app/../own set PORT", "own/.env"),
  ]

  @Test(arguments: cases)
  func aWayOutIsRunAsItIsPrinted(words: String, way: String, file: String) throws {
    let scratch = Self.scratch()
    let before = scratch.snapshot
    let outcome = scratch.cfgkit(arguments: words.split(separator: " ").map(String.init))
    #expect(outcome.status != 0)
    let commands = Self.commands(in: outcome)
    #expect(commands.contains { $0.joined(separator: " ") == way }, "\(outcome.everything)")
    #expect(scratch.snapshot == before)
    let mended = scratch.cfgkit(
      arguments: way.split(separator: " ").map(String.init) + (way.hasSuffix("set PORT") ? ["--stdin"] : []),
      stdin: Array("8080\n".utf8))
    #expect(mended.status == 0, "\(mended.everything)")
    let changed = scratch.snapshot.filter { before[$0.key] != $0.value }.keys
    #expect(changed.filter { !$0.hasSuffix(".lock") } == [file])
  }

  @Test func anEmptyFolderIsFilledWhereItIs() {
    let scratch = Scratch(["app/.git/HEAD": ""])
    let outcome = scratch.cfgkit("-C", "app", "-e", "production", "validate")
    #expect(outcome.stderr.hasSuffix("run: cfgkit -C app init\n"), "\(outcome.stderr)")
  }

  @Test func whatIsAboutNoProjectNamesNone() {
    let outcome = Self.scratch().cfgkit("-C", "app", "-e", "production", "validate", "--rule", "nope=off")
    #expect(outcome.stderr.hasSuffix(": cfgkit rules\n"), "\(outcome.stderr)")
  }
}
