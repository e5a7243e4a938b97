#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The page that names the verbs, rendered ahead of time: building the parser's tree and rendering it costs more than all else
/// that a start does. A test compares it with what the parser renders, and writes it anew on request.
enum HelpText {
  /// Writes the page and ends the process.
  static func printAndExit() -> Never {
    do { try StandardStream.output.write(page + "\n") } catch { exit(error.status.code) }
    exit(ExitStatus.ok.code)
  }

  private static let page = #"""
    OVERVIEW: Configuration that is complete, strong and in one order, or does not
    start.

    USAGE: cfgkit <options> <subcommand>

    OPTIONS:
      --exit-codes            Show what the exit codes mean.
      --version               Show the version.
      -h, --help              Show help information.

    SET UP SUBCOMMANDS:
      init                    Set up .env.schema, .env and .gitignore for a
                              framework.
      templates               List the templates of init, or show one.
      completions             Print the completion script of bash, zsh or fish.

    CHECK SUBCOMMANDS:
      validate                Check schema, .env and environment; list everything
                              that is wrong.
      doctor                  Check the project and the machine: packages, source,
                              git, session stores. Changes nothing unless --fix is
                              given.
      fmt                     Rewrite .env so that other readers read it alike. No
                              value changes.
      list                    List the keys: type, where each is set, whether it is
                              good. No values.
      explain                 Show every layer of a key, and why each loser lost.
                              No values.
      diff                    Compare the keys of two files, or of a file and a
                              store. No values.
      rules                   Say what a rule finds, why that is a problem and how
                              to fix it.

    VALUES SUBCOMMANDS:
      get                     Print one value. A secret only with --reveal.
      set                     Set a key in .env. A secret comes from a hidden
                              prompt, --stdin or --value-file.
      unset                   Remove a key from .env; comments stay.
      export                  Print the resolved values: env, shell, json, yaml,
                              docker or k8s.
      run                     Validate, then run a command with the resolved
                              environment.

    STORES SUBCOMMANDS:
      push                    Put .env into a store, checked first. Another
                              document there stays.
      pull                    Put what a store holds into .env, mode 0600. Another
                              file there stays.
      history                 Say when the document of a store was changed, and
                              which keys. No values.

    SECRETS SUBCOMMANDS:
      rotate-secret           Replace secrets, in one step or three; the old key
                              stays accepted for a while.
      generate                Print a fresh key; base64url of 32 bytes if nothing
                              else is said.
      strength                Score secrets from a hidden prompt, or from standard
                              input line by line.

    OPTIONS OF EVERY VERB:
      -C, --directory <directory>
                              Start in DIR.
      -e, --env <name>        Environment name, and its files (also CFGKIT_ENV).
      -f, --file <file>       Read this, not .env; repeatable, later wins; "-" is
                              stdin.
      --schema <file>         Default: nearest .env.schema, else .env.example.
      --compat                Compatible reading of .env; strict is the default
                              everywhere.
      --format <fmt>          text, json; validate, doctor, diff: also sarif,
                              github, junit; export: its own.
      -o, --output <file>     Answer to FILE, mode 0600.
      --force                 Replace what stands in the way.
      --break-link            Write to a file that has other names too (hard
                              links); they keep the old bytes.
      -q, --quiet             Only errors.
      -v, --verbose           More than needed.
      --color <when>          auto, always or never. (values: auto, always, never;
                              default: auto)
      --no-input              Ask nothing.
      --store <url>           A store in the place of .env, as
                              etcd://host:2379,host:2379/prefix (also CFGKIT_STORE).
      --store-ca <file>       Who may sign the certificates of its servers, PEM.
      --store-cert <file>     The certificate to show it, PEM.
      --store-key <file>      The key of that certificate, PEM.
      --store-user <name>     The user to sign in as.
      --store-password-file <file>
                              The file with the password (also
                              CFGKIT_STORE_PASSWORD, the password itself).
      --store-plaintext       Without TLS, to servers on other machines too.

      See 'cfgkit help <subcommand>' for detailed help.
    """#
}
