// Formats as a declaration in Swift writes them: `.generated(.base64url(32))`. A size that a kind does not have is a mistake in the
// source, and traps; one that comes from a file goes through `init(kind:size:)` or `init(parsing:)`.

extension KeyFormat {
  /// Unpadded base64url of this many bytes, 16 to 1024.
  public static func base64url(_ bytes: Int) -> KeyFormat { declared(.base64url, bytes) }

  /// Lowercase hexadecimal of this many bytes, 16 to 1024.
  public static func hex(_ bytes: Int) -> KeyFormat { declared(.hex, bytes) }

  /// Padded base64 of this many bytes, 16 to 1024.
  public static func base64(_ bytes: Int) -> KeyFormat { declared(.base64, bytes) }

  /// This many letters and digits, 22 to 1024.
  public static func alnum(_ characters: Int) -> KeyFormat { declared(.alnum, characters) }

  /// This many of the characters that need no quoting in a URL, a shell or a `.env`, 22 to 1024.
  public static func password(_ characters: Int) -> KeyFormat { declared(.password, characters) }

  private static func declared(_ kind: Kind, _ size: Int) -> KeyFormat {
    do { return try KeyFormat(kind: kind, size: size) } catch { preconditionFailure(error.message) }
  }
}
