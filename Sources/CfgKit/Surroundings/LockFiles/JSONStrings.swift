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

  /// The string at the index, which moves behind it; nil if it never ends, or has an escape that is none.
  private mutating func string() -> String? {
    let start = index + 1
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < bytes.count else { return nil }
    index = end + 1
    // The array lends its bytes for the call, and the span checks its bounds.
    return unsafe JSONElements.text(start..<end, of: bytes.span.bytes, isText: true)
  }
}
