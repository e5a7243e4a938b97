import CfgKitDotEnv
import CfgKitSecrets

/// A list of keys as one value of a `.env`: `a,b,c` or `["a","b","c"]`.
struct FallbackList {
  /// How it is written.
  enum Format {
    case csv, json

    /// The form of a list in one value; nil for forms that are none.
    init?(_ format: RotationPolicy.FallbackFormat) {
      switch format {
      case .csv: self = .csv
      case .json: self = .json
      case .authjs, .versioned, .jwks: return nil
      }
    }
  }

  /// Why a value is no such list, or keys cannot stand in one.
  enum Failure: Error {
    /// The value is not in this format.
    case malformed
    /// A key holds what the format cannot keep.
    case unlistable
    /// No guarded memory.
    case memory(SecretError)
  }

  let format: Format
  /// What stands between the elements of a csv list; readers of previous keys know only the comma.
  var separator = ","

  /// The elements in their order. Empty ones are left out: an empty text would be a key that signs in anyone.
  func elements(of value: Secret) throws(Failure) -> [Secret] {
    try allElements(of: value).filter { !$0.isEmpty }
  }

  /// The elements in their order, empty ones too: to judge a list.
  func allElements(of value: Secret) throws(Failure) -> [Secret] {
    switch format {
    case .csv: try csv(value)
    case .json: try json(value)
    }
  }

  /// The value that holds these keys in this order.
  func value(of keys: [Secret]) throws(Failure) -> Secret {
    if format == .csv {
      for key in keys where !key.withBytes({ Self.isListable($0) }) { throw .unlistable }
    }
    // The longest that an octet can become is \u00XX.
    let capacity = keys.reduce(2) { $0 + $1.byteCount * (format == .json ? 6 : 1) + 3 }
    do throws(SecretError) {
      return try Secret(capacity: capacity) { (room: inout MutableRawSpan) -> Int in
        var end = 0
        if format == .json { Self.put(UInt8(ascii: "["), &room, &end) }
        for (index, key) in keys.enumerated() {
          if index > 0 { Self.put(UInt8(ascii: ","), &room, &end) }
          key.withBytes { bytes in
            if format == .json { Self.putQuoted(bytes, &room, &end) } else { Self.putAll(bytes, &room, &end) }
          }
        }
        if format == .json { Self.put(UInt8(ascii: "]"), &room, &end) }
        return end
      }
    } catch {
      throw .memory(error)
    }
  }

  // MARK: csv

  private func csv(_ value: Secret) throws(Failure) -> [Secret] {
    try value.withBytes { (bytes: borrowing RawSpan) throws(Failure) -> [Secret] in
      if bytes.starts(with: "[") && bytes.ends(with: "]") { throw .malformed }
      var ranges: [Range<Int>] = []
      ListElements(separator: separator).forEach(in: bytes) { ranges.append($0) }
      var elements: [Secret] = []
      for range in ranges {
        do throws(SecretError) {
          elements.append(try Secret(copying: bytes.extracting(range)))
        } catch {
          throw .memory(error)
        }
      }
      return elements
    }
  }

  private static func isListable(_ bytes: borrowing RawSpan) -> Bool {
    guard bytes.byteCount > 0, !Octet.isSpace(bytes[octet: 0]),
      !Octet.isSpace(bytes[octet: bytes.byteCount - 1])
    else {
      return false
    }
    for index in 0..<bytes.byteCount where bytes[octet: index] == UInt8(ascii: ",") { return false }
    return true
  }

  // MARK: json

  private func json(_ value: Secret) throws(Failure) -> [Secret] {
    try value.withBytes { (bytes: borrowing RawSpan) throws(Failure) -> [Secret] in
      guard let ranges = JSONElements.elements(of: bytes),
        ranges.allSatisfy({ $0.isText && $0.name == nil })
      else { throw .malformed }
      var elements: [Secret] = []
      for range in ranges.map(\.value) { elements.append(try Self.unescaped(bytes.extracting(range))) }
      return elements
    }
  }

  private static func unescaped(_ raw: borrowing RawSpan) throws(Failure) -> Secret {
    let secret: Secret?
    do throws(SecretError) { secret = try JSONString.unescaped(raw) } catch { throw .memory(error) }
    guard let secret else { throw .malformed }
    return secret
  }

  private static func putQuoted(_ bytes: borrowing RawSpan, _ room: inout MutableRawSpan, _ end: inout Int) {
    put(UInt8(ascii: "\""), &room, &end)
    for index in 0..<bytes.byteCount {
      let byte = bytes[octet: index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        put(UInt8(ascii: "\\"), &room, &end)
        put(byte, &room, &end)
      case 0..<0x20:
        for escape in "\\u00".utf8 { put(escape, &room, &end) }
        put(Octet.hexDigit(byte >> 4), &room, &end)
        put(Octet.hexDigit(byte & 15), &room, &end)
      default: put(byte, &room, &end)
      }
    }
    put(UInt8(ascii: "\""), &room, &end)
  }

  private static func putAll(_ bytes: borrowing RawSpan, _ room: inout MutableRawSpan, _ end: inout Int) {
    for index in 0..<bytes.byteCount { put(bytes[octet: index], &room, &end) }
  }

  private static func put(_ byte: UInt8, _ room: inout MutableRawSpan, _ end: inout Int) {
    room.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
    end += 1
  }
}
