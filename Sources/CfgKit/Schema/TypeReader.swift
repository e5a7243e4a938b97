/// Makes a `ValueType` of what stands behind `@type=`.
enum TypeReader {
  private static let names = [
    "string", "number", "boolean", "enum", "url", "port", "ip", "email", "uuid", "semver", "isoDate",
    "duration",
    "array", "record",
  ]

  static func type(_ value: Decorator.Value?) throws(SchemaProblem) -> ValueType {
    switch value {
    case .text(let name): try make(name, [])
    case .call(let name, let arguments): try make(name, arguments)
    case nil, .reference: throw SchemaProblem("@type needs the name of a type")
    }
  }

  private static func make(_ name: String, _ arguments: [Decorator.Argument]) throws(SchemaProblem)
    -> ValueType
  {
    var options = Options(arguments)
    let type: ValueType
    switch name {
    case "string":
      var shape = ValueType.TextShape()
      shape.minLength = options.integer("minLength")
      shape.maxLength = options.integer("maxLength")
      if let length = options.integer("isLength") { (shape.minLength, shape.maxLength) = (length, length) }
      shape.startsWith = options.text("startsWith")
      shape.endsWith = options.text("endsWith")
      shape.matches = options.text("matches")
      shape.allowsEmpty = options.flag("allowEmpty")
      _ = (options.flag("toUpperCase"), options.flag("toLowerCase"))
      type = .string(shape)
    case "number":
      let isInteger = options.flag("isInt")
      type =
        isInteger
        ? .integer(min: options.integer("min"), max: options.integer("max"))
        : .number(min: options.number("min"), max: options.number("max"))
    case "boolean": type = .boolean
    case "enum":
      let words = options.unnamed
      guard !words.isEmpty else { throw SchemaProblem("enum() needs its words: enum(a, b)") }
      type = .enumeration(words)
    case "url":
      let schemes = (options.text("schemes") ?? "").split(separator: "|").map { $0.lowercased() }
      _ = (options.flag("prependHttps"), options.text("allowedDomains"), options.text("matches"))
      type = .url(schemes: schemes)
    case "port": type = .port(min: options.integer("min"), max: options.integer("max"))
    case "ip": type = .ip(version: options.integer("version"))
    case "email": type = .email
    case "uuid": type = .uuid
    case "semver": type = .semver
    case "isoDate": type = .isoDate
    case "duration":
      type = .duration(min: options.duration("min"), max: options.duration("max"))
    case "array":
      let separator = options.text("separator") ?? ","
      type = .array(try options.element, separator: separator)
    case "record": type = .record(try options.element)
    default: throw .unknown("the type", name, among: names)
    }
    if let unknown = options.unused {
      throw .unknown("of \(name)(), the option", unknown, among: options.asked)
    }
    if let wrong = options.malformed {
      let form =
        Self.flags.contains(wrong)
        ? "true or false" : name == "duration" ? "a duration with its unit: 30s, 5m" : "a number"
      throw SchemaProblem("\(wrong)= of \(name)() is not \(form)")
    }
    if let problem = type.declarationProblem { throw SchemaProblem("\(name)() \(problem)") }
    return type
  }

  private static let flags = ["isInt", "allowEmpty", "toUpperCase", "toLowerCase", "prependHttps"]

  /// The arguments of a type, each taken once.
  private struct Options {
    private let arguments: [Decorator.Argument]
    private(set) var asked: [String] = []
    private(set) var malformed: String?

    init(_ arguments: [Decorator.Argument]) {
      self.arguments = arguments
      // The most that a type asks for.
      if !arguments.isEmpty { asked.reserveCapacity(9) }
    }

    mutating func text(_ name: String) -> String? {
      // Most types are named without any.
      guard !arguments.isEmpty else { return nil }
      asked.append(name)
      return arguments.first { $0.name == name }?.value.text
    }

    mutating func integer(_ name: String) -> Int? { read(name) { Int($0) } }
    mutating func number(_ name: String) -> Double? { read(name) { Double($0) } }
    mutating func duration(_ name: String) -> Duration? { read(name, by: Units.duration) }

    private mutating func read<Value>(_ name: String, by reading: (String) -> Value?) -> Value? {
      guard let text = text(name) else { return nil }
      let value = reading(text)
      if value == nil { malformed = name }
      return value
    }

    mutating func flag(_ name: String) -> Bool {
      read(name) { ["true", "false"].contains($0) ? $0 == "true" : nil } == true
    }

    /// The arguments without a name, as text.
    var unnamed: [String] { arguments.filter { $0.name == nil }.compactMap(\.value.text) }

    /// The type of an array's or a record's elements; text where none is named.
    var element: ValueType {
      get throws(SchemaProblem) {
        guard let first = arguments.first(where: { $0.name == nil }) else { return .text }
        return try TypeReader.type(first.value)
      }
    }

    /// A named argument that the type never asked for.
    var unused: String? {
      for argument in arguments {
        if let name = argument.name, !asked.contains(name) { return name }
      }
      return nil
    }
  }
}
