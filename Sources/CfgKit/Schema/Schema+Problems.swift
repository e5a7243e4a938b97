/// What is wrong between the keys of a schema, whether it was written in Swift or in a file.
extension Schema {
  /// Something wrong with a key because of another one.
  struct ProblemBetweenKeys {
    let key: String
    /// A sentence behind the key's name.
    let text: String
    /// Whether it can be meant: a key that only the environment or a file has.
    var mayBeMeant = false
  }

  /// All of them, in the order of the declarations.
  func problemsBetweenKeys() -> [ProblemBetweenKeys] {
    keysInConditionCycles().map {
      ProblemBetweenKeys(key: $0, text: "is required on a condition that leads back to it")
    } + keysWithSharedRings()
      + declarations.flatMap { conditionProblems($0) + [listProblem($0)].compactMap(\.self) }
  }

  // MARK: Conditions

  private func conditionProblems(_ declaration: KeyDeclaration) -> [ProblemBetweenKeys] {
    declaration.requirement.questions.compactMap { question in
      switch question {
      case .environment(let names): names.lazy.compactMap(environmentProblem).first
      case .equals(let asked, let text):
        keyProblem(asked, readsValue: true) ?? wordProblem(text, of: asked)
      case .isTrue(let asked): keyProblem(asked, readsValue: true)
      case .isEmpty(let asked): keyProblem(asked, readsValue: false)
      case .always, .never, .not, .choice: nil
      }
    }.map {
      ProblemBetweenKeys(key: declaration.key, text: "is required \($0.text)", mayBeMeant: $0.mayBeMeant)
    }
  }

  private typealias Problem = (text: String, mayBeMeant: Bool)

  private func keyProblem(_ asked: String, readsValue: Bool) -> Problem? {
    guard let target = self[asked] else {
      let meant = NearMiss.candidate(for: asked, among: declarations.map(\.key))
      return (
        "on a condition about \(asked), which is not declared"
          + (meant.map { "; did you mean \($0)?" } ?? ""),
        meant == nil
      )
    }
    guard readsValue, target.isSensitive else { return nil }
    return ("on a condition about the value of \(asked), a secret", false)
  }

  private func wordProblem(_ text: String, of asked: String) -> Problem? {
    guard case .enumeration(let words)? = self[asked]?.type, !words.contains(text) else { return nil }
    return ("where \(asked) is \(text), which is none of its words: \(words.joined(separator: ", "))", false)
  }

  private func environmentProblem(_ name: String) -> Problem? {
    if isSame(name, "production") { return nil }
    if let key = currentEnvironmentKey, case .enumeration(let words)? = self[key]?.type {
      if words.contains(name) { return nil }
      return (
        "in \(name), which is none of the environments of \(key): \(words.joined(separator: ", "))", false
      )
    }
    let usual = ["production", "development", "staging", "test"] + productionNames
    guard !usual.contains(name), let meant = NearMiss.candidate(for: name, among: usual) else { return nil }
    return ("in \(name), which is no environment; did you mean \(meant)?", false)
  }
}

extension Condition {
  /// The questions that it is made of, without those that only join others.
  fileprivate var questions: [Condition] {
    switch self {
    case .always, .never: []
    case .environment, .equals, .isEmpty, .isTrue: [self]
    case .not(let inner): inner.questions
    case .choice(let first, let second, let third): first.questions + second.questions + third.questions
    }
  }
}
