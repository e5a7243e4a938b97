import CfgKit
import CfgKitSecrets

/// One value and a line end, or the same as JSON.
enum ValueAnswer {
  /// `name` and its text, and the value.
  static func answer(_ value: LayerValue, labelled label: (name: String, text: String), asJSON: Bool) throws
    -> Answer
  {
    var answer = Answer()
    guard asJSON else {
      answer.append(try ValueSpelling.raw.spelled(value, key: label.text))
      answer.append("\n")
      return answer
    }
    answer.append("{\"schemaVersion\":1,\"\(label.name)\":\(JSON.string(label.text).line),\"value\":")
    answer.append(try ValueSpelling.json.spelled(value, key: label.text))
    answer.append("}\n")
    return answer
  }
}
