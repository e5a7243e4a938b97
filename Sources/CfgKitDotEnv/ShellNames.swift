/// Names that bash does not leave to a file.
enum ShellNames {
  /// Read-only, or set anew by the shell, so that a file's value is lost.
  static let reserved: Set<String> = [
    "_", "BASHOPTS", "BASHPID", "BASH_VERSINFO", "EPOCHREALTIME", "EPOCHSECONDS", "EUID", "LINENO", "PPID",
    "RANDOM", "SECONDS", "SHELLOPTS", "SRANDOM", "UID",
  ]

  /// Set in every shell, though the process environment may lack them.
  static let set: Set<String> = reserved.union([
    "BASH", "BASH_VERSION", "HOME", "HOSTNAME", "HOSTTYPE", "IFS", "MACHTYPE", "OPTIND", "OSTYPE", "PATH",
    "PS4", "PWD", "SHELL", "SHLVL", "TERM",
  ])
}
