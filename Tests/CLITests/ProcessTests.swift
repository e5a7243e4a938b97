#if os(Linux)
  import Foundation
  import Testing

  @testable import MemoryProbe

  /// What the process of cfgkit lets others see while it holds secrets, and what the command of `run` inherits of that.
  @Suite struct ProcessTests {
    /// Words that make the rest run as a user without privileges.
    private static let asNobody =
      geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "env"

    @Test func aCrashLeavesNoCoreFileAndNoReportOfMemoryAndNobodyMayAttach() {
      let scratch = Scratch()
      chmod(scratch.path, 0o777)
      let shown = scratch.shell(
        """
        ulimit -c unlimited
        mkfifo secrets; chmod 644 secrets
        \(Self.asNobody) '\(binary)' strength --stdin < secrets 2> report &
        exec 3> secrets
        printf 'a secret' >&3
        until [ "$(cat /proc/$!/comm)" = cfgkit ]; do sleep 0.01; done
        for attempt in $(seq 500); do
          [ "$(stat -c %u /proc/$!/environ)" = 0 ] && break
          sleep 0.01
        done
        stat -c %u /proc/$!/environ
        kill -SEGV $!
        wait $!
        echo $?
        cat report
        ls
        """)
      #expect(shown == "0\n\(128 + SIGSEGV)\nreport\nsecrets\n")
    }

    /// Only root may read the memory of a process that says it may not be read.
    @Test(.enabled(if: geteuid() == 0, "only root can look"))
    func whileAVerbRunsItsSecretsAreNowhereButInGuardedMemory() throws {
      let password = "Xk29fQmWz7LbTr4vNc81"
      let scratch = Scratch([
        ".env.schema": ValueTests.schema,
        ".env":
          "SECRET_KEY=\(ValueTests.secret)\nDB_PASSWORD=\(password)\nURL=\"redis://:${DB_PASSWORD}@h/0\"\n",
      ])
      let needles = [ValueTests.secret, password].map { value in
        value.utf8.map { String(format: "%02x", $0 ^ Needle.mask) }.joined()
      }
      let probe = (binary as NSString).deletingLastPathComponent + "/MemoryProbe"
      let shown = scratch.shell(
        """
        mkfifo value
        '\(binary)' set MODE --stdin < value &
        exec 3> value
        until grep -q '^[0-9]* 0x0 ' /proc/$!/syscall; do sleep 0.01; done
        sleep 0.2
        '\(probe)' other $! \(needles.joined(separator: " "))
        echo b >&3
        exec 3>&-
        wait $!
        echo $?
        """)
      #expect(shown.wholeMatch(of: #/guarded=[1-9]\d* environment=0 elsewhere=0\n0\n/#) != nil, "\(shown)")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can look"))
    func aValueThatIsScoredIsNowhereButInGuardedMemory() throws {
      let needle = ValueTests.secret.utf8.map { String(format: "%02x", $0 ^ Needle.mask) }.joined()
      let probe = (binary as NSString).deletingLastPathComponent + "/MemoryProbe"
      let shown = Scratch().shell(
        """
        mkfifo values
        '\(binary)' strength --stdin < values > scores &
        exec 3> values
        printf '%s\\n%s' '\(ValueTests.secret)' '\(ValueTests.secret)' >&3
        sleep 0.2
        until grep -q '^[0-9]* 0x0 ' /proc/$!/syscall; do sleep 0.01; done
        '\(probe)' other $! \(needle)
        exec 3>&-
        wait $!
        wc -l < scores
        """)
      #expect(shown.wholeMatch(of: #/guarded=[1-9]\d* environment=0 elsewhere=0\n2\n/#) != nil, "\(shown)")
    }

    @Test func theCommandOfRunHasTheLimitsThatCfgkitWasStartedWith() {
      let scratch = Scratch([".env": "A=1\n"])
      chmod(scratch.path, 0o755)
      chmod(scratch.path + "/.env", 0o644)
      let shown = scratch.shell(
        """
        ulimit -S -c 1234
        \(Self.asNobody) '\(binary)' run -- sh -c 'ulimit -c; test -r /proc/self/environ && echo readable' 2>&1
        trap '' QUIT
        '\(binary)' run -- sh -c 'kill -QUIT $$; echo alive'
        """)
      #expect(shown == "1234\nreadable\nalive\n")
    }

    @Test func memoryThatCannotBeLockedIsToldOnceAndNotWithQuiet() {
      let scratch = Scratch([".env": "A=1\n"])
      let limited = "prlimit --memlock=0:0 \(Self.asNobody) '\(binary)'"
      let shown = scratch.shell("\(limited) generate hex:64 2>&1 >/dev/null")
      #expect(shown.hasPrefix("note: the system refused to lock memory that holds secrets"))
      #expect(shown.split(separator: "\n").count == 1)
      #expect(scratch.shell("\(limited) generate -q 2>&1 >/dev/null").isEmpty)
      chmod(scratch.path, 0o755)
      chmod(scratch.path + "/.env", 0o644)
      #expect(scratch.shell("\(limited) run -- true 2>&1").contains("note: the system refused to lock"))
      #expect(!scratch.shell("'\(binary)' generate 2>&1").contains("note"))
    }

    @Test func scrubbingTheEnvironmentTakesNothingFromTheCommand() {
      let scratch = Scratch([".env.schema": ValueTests.schema, ".env": "MODE=b\n"])
      let outcome = scratch.cfgkit(
        "run", "--scrub-environment", "--", "env",
        environment: ["SECRET_KEY": ValueTests.secret, "OUTSIDE": "1"])
      #expect(outcome.status == 0)
      let lines = Set(outcome.stdout.split(separator: "\n").map(String.init))
      #expect(lines.isSuperset(of: ["MODE=b", "SECRET_KEY=\(ValueTests.secret)", "OUTSIDE=1"]))
    }

    @Test func filesAreReadThroughDescriptorsThoughTheProcessIsSealed() {
      let scratch = Scratch()
      // In a folder that may not be searched nobody can say whether there is a schema.
      chmod(scratch.path, 0o755)
      let shown = scratch.shell("printf 'A=1\\n' | \(Self.asNobody) '\(binary)' get A -f /dev/stdin 2>&1")
      #expect(shown == "1\n" || shown.contains("not a file"), "\(shown)")
    }
  }
#endif
