/// The shares of the code, as costs: -log2 of a probability in 1/256 bit, rounded up.
///
/// What leaves one state sums to at most 1, which is all that Kraft's inequality asks for: the tests add them up.
enum Share {
  // Whole-string branches.
  static let parse = Cost.bits(1)  // 1/2
  static let base64 = Cost.bits(3)
  static let hex = Cost.bits(4)
  static let base32 = Cost.bits(5)
  static let fewSymbols = Cost.bits(4)
  static let mash = Cost.bits(4)
  static let timeUUID = Cost.bits(5)

  // The state that a text starts in.
  static let startToken = Cost.bits(1)
  static let startRandom = Cost.bits(2)
  static let startText = Cost.bits(2)

  // What follows in the token state.
  static let word: Int32 = 358  // .38
  static let phrase: Int32 = 727  // .14
  static let backReference: Int32 = 851  // .10
  static let mirror: Int32 = 1_445  // .02
  static let run: Int32 = 1_107  // .05
  static let date: Int32 = 1_296  // .03
  static let separator: Int32 = 851  // .10
  static let tokenToRandom: Int32 = 1_107  // .05
  static let tokenToText: Int32 = 784  // .12

  // The random state.
  static let alphabet = Cost.bits(4)
  static let randomStays: Int32 = 16  // .96
  static let randomToToken: Int32 = 1_445  // .02
  static let randomToText: Int32 = 1_445  // .02

  // The text state.
  static let textStays: Int32 = 31  // .92
  static let textToToken: Int32 = 1_040  // .06
  static let textToRandom: Int32 = 1_445  // .02
  // Case in text: of a word's first letter beside the last word's, after a capital, elsewhere beside the last letter.
  static let firstCaseKept: Int32 = 83  // .80
  static let firstCaseChanged: Int32 = 595  // .20
  static let lowerAfterCapital: Int32 = 107  // .75
  static let upperAfterCapital = Cost.bits(2)  // .25
  static let caseKept: Int32 = 19  // .95
  static let caseChanged: Int32 = 1_107  // .05

  // A word's spelling.
  static let lower: Int32 = 174  // 5/8
  static let capital: Int32 = 619  // 3/16
  static let upper = Cost.bits(3)
  static let mixed = Cost.bits(4)
  static let plain: Int32 = 24  // 15/16
  static let leet = Cost.bits(4)
  /// A letter that has a leet form and keeps its own, and one that takes either of two forms.
  static let leetKept = Cost.bits(1)
  static let leetTaken = Cost.bits(2)

  // A phrase's spelling.
  static let phraseOffset = Cost.bits(14)
  static let phraseLower = Cost.bits(1)  // 1/2
  static let phraseUpper: Int32 = 686  // 5/32
  static let phraseTitle = Cost.bits(3)
  static let phraseCamel = Cost.bits(4)
  static let phraseSentence = Cost.bits(4)
  static let phraseMixed: Int32 = 875  // 3/32
  /// Whether a phrase with accents keeps them.
  static let accents = Cost.bits(1)
  /// Whether a phrase with a separator starts with it.
  static let leadingSeparator = Cost.bits(1)

  // What stands before a word, and between the words of a phrase.
  static let jointNothing = Cost.bits(1)
  static let jointAsBefore: Int32 = 363  // 3/8
  static let jointNew = Cost.bits(3)

  // A piece that comes again.
  static let exact: Int32 = 50  // 7/8
  static let otherCase = Cost.bits(3)

  // A run.
  static let everyStep = Cost.bits(1)
  static let everySecond = Cost.bits(2)
  static let doubled = Cost.bits(2)
  static let direction = Cost.bits(1)
  static let runLower: Int32 = 107  // 3/4
  static let runUpper: Int32 = 619  // 3/16
  static let runMixed = Cost.bits(4)

  // A separator in text: the one before, or another.
  static let separatorAgain: Int32 = 107  // 3/4
  static let separatorOther = Cost.bits(2)
  // Which separator: `-`, `_`, `.` and space, or one of the 29 others.
  static let commonSeparator = Cost.bits(3)
  static let rareSeparator = Cost.bits(6)

  // A letter outside ASCII, after one of an alphabet, or of Chinese, Japanese or Korean.
  static let blockAgain: Int32 = 61  // .85
  static let listed: Int32 = 1_107  // .05
  static let anyLetter: Int32 = 851  // .10
  static let blockAfterIdeograph: Int32 = 1_107  // .05
  static let listedAfterIdeograph: Int32 = 107  // .75
  static let anyAfterIdeograph: Int32 = 595  // .20

  /// The groups that share a state each.
  static let groups: [(name: String, costs: [Int32])] = [
    ("branches", [parse, base64, hex, base32, fewSymbols, mash, timeUUID]),
    ("start", [startToken, startRandom, startText]),
    (
      "token",
      [word, phrase, backReference, mirror, run, date, separator, tokenToRandom, tokenToText]
    ),
    ("random", [randomStays, randomToToken, randomToText]),
    ("text", [textStays, textToToken, textToRandom]),
    ("case in text", [caseKept, caseChanged]),
    ("case of a first letter", [firstCaseKept, firstCaseChanged]),
    ("case after a capital", [lowerAfterCapital, upperAfterCapital]),
    ("case of a word", [lower, capital, upper, mixed]),
    ("leet", [plain, leet]),
    ("leet of a letter", [leetKept, leetTaken, leetTaken]),
    (
      "case of a phrase",
      [phraseLower, phraseUpper, phraseTitle, phraseCamel, phraseSentence, phraseMixed]
    ),
    ("joint", [jointNothing, jointAsBefore, jointNew]),
    ("again", [exact, otherCase]),
    ("step", [everyStep, everySecond, doubled]),
    ("case of a run", [runLower, runUpper, runMixed]),
    ("separator in text", [separatorAgain, separatorOther]),
    (
      "which separator",
      [Int32](repeating: commonSeparator, count: 4) + [Int32](repeating: rareSeparator, count: 29)
    ),
    ("letter", [blockAgain, listed, anyLetter]),
    ("ideograph", [blockAfterIdeograph, listedAfterIdeograph, anyAfterIdeograph]),
  ]
}
