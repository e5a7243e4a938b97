#if SwiftConfiguration
  import Configuration

  /// The name of a variable for a key, by the rule of swift-configuration's `EnvironmentKeyEncoder` (1.4.0), which is not public.
  struct VariableName {
    /// `HTTP_SERVER_TIMEOUT` for `http.serverTimeout`.
    let text: String

    init(_ key: AbsoluteConfigKey) {
      text = key.components.map(Self.encoded).joined(separator: "_")
    }

    private static func encoded(_ component: String) -> String {
      var name = ""
      var followsSmallLetter = false
      for character in component {
        if followsSmallLetter, character.isUppercase { name.append("_") }
        followsSmallLetter = character.isLowercase
        // A letter may become several in capitals (ß), all of them letters.
        name.append(
          contentsOf: character.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" as Character })
      }
      return name
    }
  }
#endif
