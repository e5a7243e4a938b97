import CfgKitDotEnv
import SystemPackage

/// The way out of a finding. It never holds a value: an edit's text is a constant of its rule.
public struct Fix: Sendable, Hashable {
  /// A replacement of bytes in a file.
  public struct Edit: Sendable, Hashable {
    /// The bytes to replace; line, column, end line and end column are all present.
    public let location: Location
    /// What stands there afterwards; a constant of the rule, for example `false`.
    public let text: String
  }

  /// What is to be done.
  public enum Kind: Sendable, Hashable {
    /// A command, as its argument list.
    case command([String])
    /// Edits that `--fix` can apply.
    case edit([Edit])
    /// Something only a person can do; the summary says what.
    case manual
  }

  /// What is to be done, for programs.
  public let kind: Kind
  /// What is to be done, in one line.
  public let summary: String
  /// Whether `validate --fix` may apply it: it changes spelling, never meaning.
  public let isSafe: Bool

  /// A command that the user can copy into a shell.
  public static func command(_ arguments: String...) -> Fix {
    Fix(kind: .command(arguments), summary: arguments.map(shellQuoted).joined(separator: " "), isSafe: false)
  }

  /// A command that `validate --fix` may also carry out by itself.
  package static func safeCommand(_ arguments: String...) -> Fix {
    Fix(kind: .command(arguments), summary: arguments.map(shellQuoted).joined(separator: " "), isSafe: true)
  }

  /// A line for a POSIX shell, where one command is not enough.
  package static func shell(_ line: String) -> Fix {
    Fix(kind: .command(["sh", "-c", line]), summary: line, isSafe: false)
  }

  /// A command that puts a line at the end of a text file; where its last line has no end, that comes first.
  static func line(_ line: String, appendedTo path: FilePath) -> Fix {
    let (line, file) = (shellQuoted(line), shellQuoted(ShownPath.of(path)))
    let bytes = ProjectFile.bytes(at: path, limit: ProjectFile.limit)
    let isWhole = bytes.map { $0.isEmpty || $0.last == UInt8(ascii: "\n") } ?? ((try? path.stat()) == nil)
    return .shell(isWhole ? "echo \(line) >> \(file)" : "printf '\\n%s\\n' \(line) >> \(file)")
  }

  /// Something only a person can do.
  public static func manual(_ summary: String) -> Fix {
    Fix(kind: .manual, summary: summary, isSafe: false)
  }

  /// An edit of a file; `isSafe` says whether `--fix` applies it.
  package static func edit(_ edits: [Edit], _ summary: String, isSafe: Bool) -> Fix {
    Fix(kind: .edit(edits), summary: summary, isSafe: isSafe)
  }

  /// `cfgkit` with options before its verb, for a shell.
  package static func call(_ flags: [String]) -> String {
    (["cfgkit"] + flags.map(shellQuoted)).joined(separator: " ")
  }

  /// The same with options for every call of cfgkit in it.
  func giving(_ flags: [String]) -> Fix {
    let call = Self.call(flags) + " "
    var kind = kind
    if case .command(let words) = kind {
      switch words.first {
      case "cfgkit": kind = .command(["cfgkit"] + flags + words.dropFirst())
      case "sh":
        kind = .command(words.dropLast() + words.suffix(1).map { $0.replacing("cfgkit ", with: call) })
      default: break
      }
    }
    return Fix(kind: kind, summary: summary.replacing("cfgkit ", with: call), isSafe: isSafe)
  }

  /// The word as a POSIX shell reads it back.
  package static func shellQuoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { Octet.isName($0) || "./:@%+,=-".utf8.contains($0) }
    if plain, !word.isEmpty { return word }
    var quoted = "'"
    for character in word.unicodeScalars {
      if character == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(character) }
    }
    return quoted + "'"
  }
}
