/// One thing that is wrong with a document, or that readers do not agree on. It has no room for text of the file.
public struct Diagnostic: Sendable, Hashable {
  /// The rules of reading, in the order in which an entry is checked.
  public enum ID: String, Sendable, CaseIterable {
    case fileTooLarge = "file-too-large"
    case utf16
    case nulByte = "nul-byte"
    case invalidUTF8 = "invalid-utf8"
    case badKey = "bad-key"
    case missingEquals = "missing-equals"
    case colonSeparator = "colon-separator"
    case unterminatedQuote = "unterminated-quote"
    case textAfterQuote = "text-after-quote"
    case unknownEscape = "unknown-escape"
    case valueStartsWithHash = "value-starts-with-hash"
    case backtickQuote = "backtick-quote"
    case hashInUnquoted = "hash-in-unquoted"
    case invisibleCharacter = "invisible-character"
    case trailingBackslash = "trailing-backslash"
    case escapeInUnquoted = "escape-in-unquoted"
    case unterminatedExpansion = "unterminated-expansion"
    case badExpansion = "bad-expansion"
    case unbracedDollar = "unbraced-dollar"
    case undefinedVariable = "undefined-variable"
    case requiredVariable = "required-variable"
    case commandSubstitution = "command-substitution"
    case expansionTooDeep = "expansion-too-deep"
    case valueTooLarge = "value-too-large"
    case duplicateKey = "duplicate-key"
    case nonPosixKey = "non-posix-key"
    case spaceAroundEquals = "space-around-equals"
    case unquotedSpace = "unquoted-space"
    case hashAfterQuote = "hash-after-quote"
    case literalDollar = "literal-dollar"
    case ambiguousValue = "ambiguous-value"
  }

  /// How much it weighs in the reading that was asked for.
  public enum Severity: Sendable, Hashable {
    /// The entry has no value.
    case error
    case warning
  }

  /// The rule.
  public let id: ID
  /// How much it weighs.
  public let severity: Severity
  /// Where it is.
  public let position: Position
  /// The bytes it is about.
  public let range: Range<Int>
  /// The entry it is about, by its place among the document's entries.
  public let entryIndex: Int?
  /// Other places that explain it.
  public let related: [RelatedPlace]
  /// How it could be mended.
  public let fixIt: FixIt?
  /// What which readers make of it; only `ambiguous-value` has any.
  public let disagreements: [Disagreement]
}

/// Another place that explains a diagnostic.
public struct RelatedPlace: Sendable, Hashable {
  /// Why it is named.
  public enum Note: String, Sendable, Hashable {
    case openingQuote = "the quote opens here"
    case looksLikeAssignment = "this line looks like the next key"
    case earlierKey = "set here first"
  }

  /// Where it is.
  public let position: Position
  /// Its bytes.
  public let range: Range<Int>
  /// Why it is named.
  public let note: Note
}

/// A way to mend a diagnostic: what to do with which bytes.
public struct FixIt: Sendable, Hashable {
  /// What is done.
  public enum Kind: String, Sendable, Hashable {
    case rewriteAsUTF8 = "rewrite as UTF-8"
    case commentOut = "comment the line out"
    case insertEquals = "add ="
    case replaceColon = "write = for the colon"
    case doubleBackslash = "write two backslashes"
    case writeTab = "write the TAB itself"
    case quote = "quote the value"
    case braces = "write braces around the name"
    case emptyDefault = "write :- behind the name"
    case literalDollar = "quote the dollar"
    case removeEntry = "remove the line"
    case removeBlanks = "remove the blanks"
    case insertBlank = "put a blank before the #"
    case respell = "respell the value"
  }

  /// What is done.
  public let kind: Kind
  /// With which bytes.
  public let range: Range<Int>
}
