/// The shares of the code, as costs: -log2 of a probability in 1/256 bit, rounded up.
///
/// What leaves one state sums to at most 1, which is all that Kraft's inequality asks for: the tests add them up.
enum Share {
  // Whole-string branches.
  static let parse = Cost.bits(1)  // 1/2
  static let base64 = Cost.bits(3)
  static let hex = Cost.bits(4)
  static let base32 = Cost.bits(5)
  // What was encoded: bytes, text, or a line of text.
  static let encodedBytes = Cost.bits(1)
  static let encodedText: Int32 = 306  // 7/16
  static let encodedLine = Cost.bits(4)
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
  /// The shares of a word's case by the letters before it.
  struct WordCase: Sendable {
    let lower, capital, upper: Int32
    let mixed = Cost.bits(4)
    var costs: [Int32] { [lower, capital, upper, mixed] }
  }
  static let firstCase = WordCase(lower: 174, capital: 619, upper: Cost.bits(3))  // 5/8, 3/16
  static let caseAfterLower = WordCase(lower: 107, capital: 686, upper: Cost.bits(5))  // 3/4, 5/32
  static let caseAfterUpper = WordCase(lower: Cost.bits(3), capital: Cost.bits(4), upper: 107)
  static let caseAfterBoth = WordCase(lower: 619, capital: 174, upper: Cost.bits(3))
  // Letters as digits and signs, before any was seen in the text and after: none, some, all in one way.
  static let plain: Int32 = 24  // 15/16
  static let leet = Cost.bits(5)
  static let allLeet = Cost.bits(6)
  static let plainAmongLeet = Cost.bits(1)
  static let leetAgain = Cost.bits(3)
  static let allLeetAgain: Int32 = 619  // 3/16
  /// A letter that has a leet form and keeps its own, and one that takes either of two forms.
  static let leetKept = Cost.bits(1)
  static let leetTaken = Cost.bits(2)

  // A phrase's spelling.
  static let phraseOffset = Cost.bits(14)
  /// The shares of a phrase's case by the letters before it.
  struct PhraseCase: Sendable {
    let lower, upper, title, camel, sentence, mixed: Int32
    var costs: [Int32] { [lower, upper, title, camel, sentence, mixed] }
  }
  static let firstPhraseCase = PhraseCase(  // 1/2, 5/32, 1/8, 1/16, 1/16, 3/32
    lower: Cost.bits(1), upper: 686, title: Cost.bits(3), camel: Cost.bits(4), sentence: Cost.bits(4),
    mixed: 875)
  static let phraseCaseAfterLower = PhraseCase(  // 3/4
    lower: 107, upper: Cost.bits(5), title: Cost.bits(4), camel: Cost.bits(4), sentence: Cost.bits(5),
    mixed: Cost.bits(4))
  static let phraseCaseAfterUpper = PhraseCase(
    lower: Cost.bits(4), upper: 107, title: Cost.bits(5), camel: Cost.bits(5), sentence: Cost.bits(4),
    mixed: Cost.bits(4))
  static let phraseCaseAfterBoth = PhraseCase(
    lower: Cost.bits(2), upper: Cost.bits(4), title: Cost.bits(1), camel: Cost.bits(4),
    sentence: Cost.bits(4), mixed: Cost.bits(4))
  /// Whether a phrase with accents keeps them.
  static let accents = Cost.bits(1)
  /// Whether a phrase with a separator starts with it.
  static let leadingSeparator = Cost.bits(1)

  // What stands before a word, and between the words of a phrase.
  static let firstJointNothing: Int32 = 107  // 3/4
  static let firstJoint = Cost.bits(2)
  static let jointNothing = Cost.bits(2)
  static let jointAsBefore: Int32 = 174  // 5/8
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

  // The end of a word in text: a separator, or nothing, by what was seen before: neither, capitals inside, a separator.
  static let separatorFirst: Int32 = 107  // 3/4
  static let nothingFirst = Cost.bits(2)
  static let separatorAmongCapitals = Cost.bits(3)
  static let nothingAmongCapitals: Int32 = 50  // 7/8
  static let separatorAmongSeparators: Int32 = 24  // 15/16
  static let nothingAmongSeparators = Cost.bits(4)
  // The case of a word's first letter that stands right after another word.
  static let eitherCase = Cost.bits(1)
  static let joinedCaseKept: Int32 = 50  // 7/8
  static let joinedCaseChanged = Cost.bits(3)
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
    ("encoded", [encodedBytes, encodedText, encodedLine]),
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
    ("case of a first word", firstCase.costs),
    ("case of a word after small letters", caseAfterLower.costs),
    ("case of a word after capitals", caseAfterUpper.costs),
    ("case of a word after both", caseAfterBoth.costs),
    ("leet", [plain, leet, allLeet, allLeet]),
    ("leet after leet", [plainAmongLeet, leetAgain, allLeetAgain, allLeetAgain]),
    ("leet of a letter", [leetKept, leetTaken, leetTaken]),
    ("case of a first phrase", firstPhraseCase.costs),
    ("case of a phrase after small letters", phraseCaseAfterLower.costs),
    ("case of a phrase after capitals", phraseCaseAfterUpper.costs),
    ("case of a phrase after both", phraseCaseAfterBoth.costs),
    ("first joint", [firstJointNothing, firstJoint]),
    ("joint", [jointNothing, jointAsBefore, jointNew]),
    ("again", [exact, otherCase]),
    ("step", [everyStep, everySecond, doubled]),
    ("case of a run", [runLower, runUpper, runMixed]),
    ("end of a first word", [separatorFirst, nothingFirst]),
    ("end of a word among capitals", [separatorAmongCapitals, nothingAmongCapitals]),
    ("end of a word among separators", [separatorAmongSeparators, nothingAmongSeparators]),
    ("case of a joined word", [eitherCase, eitherCase]),
    ("case of the next joined word", [joinedCaseKept, joinedCaseChanged]),
    ("separator in text", [separatorAgain, separatorOther]),
    (
      "which separator",
      [Int32](repeating: commonSeparator, count: 4) + [Int32](repeating: rareSeparator, count: 29)
    ),
    ("letter", [blockAgain, listed, anyLetter]),
    ("ideograph", [blockAfterIdeograph, listedAfterIdeograph, anyAfterIdeograph]),
  ]
}
