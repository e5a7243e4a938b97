import CfgKitDotEnv

/// Lists and records that are no secret, as the text of one value.
enum ListText {
  /// The elements with `separator` between them, or as a JSON array where that would be read otherwise.
  static func array(_ elements: [String], separator: String) -> String {
    let isPlain =
      !separator.isEmpty
      && elements.allSatisfy { element in
        !element.contains(separator)
          && [element.utf8.first, element.utf8.last].allSatisfy { $0.map(Octet.isBlank) == false }
      }
    // Blanks in a separator would be taken from the elements beside it.
    let isSafe = isPlain && elements.first?.hasPrefix("[") != true
    return isSafe ? elements.joined(separator: separator) : JSON.array(elements.map { .string($0) }).line
  }

  /// A JSON object, its members by name.
  static func record(_ members: [String: String]) -> String {
    JSON.object(members.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }).line
  }

  /// The elements of a separated list or a JSON array; nil if one is empty, or the bytes are no JSON array.
  static func elements(of value: borrowing RawSpan, separator: String) -> [String]? {
    var texts: [String] = []
    let isList = forEach(in: value, separator: separator) { element in
      texts.append(element.text)
      return true
    }
    return isList ? texts : nil
  }

  /// Calls `body` with each element of a separated list or a JSON array, until it says no. Only an element with escapes is copied.
  ///
  /// - Returns: whether `body` took them all; false also if one is empty in a separated list, or the bytes are no JSON array.
  static func forEach(
    in value: borrowing RawSpan, separator: String, _ body: (borrowing RawSpan) -> Bool
  ) -> Bool {
    var isList = true
    guard value.starts(with: "[") else {
      ListElements(separator: separator).forEach(in: value) { range in
        isList = isList && !range.isEmpty && body(value.extracting(range))
      }
      return isList
    }
    guard let elements = JSONElements.elements(of: value) else { return false }
    for element in elements where isList {
      if element.isText, element.hasEscapes {
        guard let text = JSONElements.text(element.value, of: value, isText: true) else { return false }
        isList = LayerValue.text(text).withBytes { body($0) }
      } else {
        isList = body(value.extracting(element.value))
      }
    }
    return isList
  }

  /// The members of a JSON object; nil if the bytes are none. Of two with one name the last counts.
  static func members(of value: borrowing RawSpan) -> [String: String]? {
    guard value.starts(with: "{"), let elements = JSONElements.elements(of: value) else { return nil }
    var members: [String: String] = [:]
    for element in elements {
      guard let range = element.name, let name = JSONElements.text(range, of: value, isText: true),
        let text = JSONElements.text(element.value, of: value, isText: element.isText)
      else { return nil }
      members[name] = text
    }
    return members
  }
}
