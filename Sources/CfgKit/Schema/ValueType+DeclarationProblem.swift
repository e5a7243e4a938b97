extension ValueType {
  /// How many bytes a value of `hex` or `base64` may be declared to have.
  static let byteCounts = 1...1_048_576

  /// What is wrong with the type itself, a sentence behind the key's name.
  var declarationProblem: String? {
    switch self {
    case .string(let shape):
      if let matches = shape.matches, (try? Regex(matches)) == nil {
        return "has a matches: that is no regular expression"
      }
      if [shape.minLength, shape.maxLength].contains(where: { $0.map { $0 < 0 } == true }) {
        return "has a length below 0"
      }
      return Self.crossed(shape.minLength, shape.maxLength)
    case .integer(let min, let max): return Self.crossed(min, max)
    case .number(let min, let max):
      if [min, max].contains(where: { $0?.isFinite == false }) { return "has a bound that is no number" }
      return Self.crossed(min, max)
    case .port(let min, let max):
      if [min, max].contains(where: { $0.map { !(1...65_535).contains($0) } == true }) {
        return "has a bound that is no port, 1 to 65535"
      }
      return Self.crossed(min, max)
    case .duration(let min, let max):
      if [min, max].compactMap(\.self).contains(where: { Units.text(duration: $0) == nil }) {
        return "has a bound that is below zero or finer than milliseconds"
      }
      return Self.crossed(min, max)
    case .enumeration(let words): return words.isEmpty ? "is one of no words" : nil
    case .ip(let version):
      return version.map { $0 == 4 || $0 == 6 } == false
        ? "is an IP of a version that is neither 4 nor 6" : nil
    case .base64(let count), .hex(let count):
      return count.map(Self.byteCounts.contains) == false
        ? "has a number of bytes that is not from 1 to \(Self.byteCounts.upperBound)" : nil
    case .array(let element, let separator):
      if separator.isEmpty || separator.contains(where: \.isNewline) {
        return "has a separator that separates nothing"
      }
      return element.elementProblem
    case .record(let element): return element.elementProblem
    case .boolean, .url, .host, .email, .uuid, .semver, .isoDate, .bytes, .path: return nil
    }
  }

  /// What keeps it from being an element: the schema's language has no way to write it there.
  private var elementProblem: String? {
    switch self {
    case .host, .bytes, .path, .base64, .hex:
      "has elements of the type \(name), which a .env.schema cannot say; take .string()"
    default: declarationProblem
    }
  }

  private static func crossed<Number: Comparable>(_ min: Number?, _ max: Number?) -> String? {
    guard let min, let max, min > max else { return nil }
    return "has a least value above its greatest"
  }
}
