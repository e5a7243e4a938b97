/// The strings of a JSON text (RFC 8259), each with the way to it. Only as much JSON as lock files need: what is no JSON ends the reading,
/// and depth costs memory, not stack.
struct JSONStrings {
  private enum Container { case object, array(Int) }

  private let bytes: [UInt8]
  private var index = 0
  private var containers: [Container] = []
  /// The keys and array places from the root to what is read now.
  private var path: [String] = []
  /// Whether the next string of an object is a key.
  private var expectsKey = false

  /// Calls `body` with the path of each string value (keys, and places in arrays as digits) and the string.
  static func forEach(in bytes: [UInt8], _ body: ([String], String) -> Void) {
    var reader = JSONStrings(bytes: bytes)
    reader.read(body)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read(_ body: ([String], String) -> Void) {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"): enter(.object)
      case UInt8(ascii: "["): enter(.array(0))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard containers.popLast() != nil else { return }
        path.removeLast()
        expectsKey = false
      case UInt8(ascii: ","): next()
      case UInt8(ascii: "\""):
        guard let text = string() else { return }
        if expectsKey, let last = path.indices.last {
          path[last] = text
          expectsKey = false
        } else {
          body(path, text)
        }
        continue
      default: break
      }
      index += 1
    }
  }

  private mutating func enter(_ container: Container) {
    containers.append(container)
    if case .object = container {
      path.append("")
      expectsKey = true
    } else {
      path.append("0")
      expectsKey = false
    }
  }

  private mutating func next() {
    switch containers.last {
    case .object?: expectsKey = true
    case .array(let place)?:
      containers[containers.count - 1] = .array(place + 1)
      path[path.count - 1] = String(place + 1)
    case nil: break
    }
  }

  /// The string at the index, which moves behind it; nil if it never ends. `\u` escapes are left as they are: no name has one.
  private mutating func string() -> String? {
    var text: [UInt8] = []
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard index < bytes.count else { return nil }
        if !"\"\\/".utf8.contains(bytes[index]) { text.append(byte) }
        text.append(bytes[index])
        index += 1
      default: text.append(byte)
      }
    }
    return nil
  }
}
