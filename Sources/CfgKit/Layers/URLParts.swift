import CfgKitDotEnv

/// Where the parts of a URL stand in its bytes (RFC 3986 §3, read leniently enough for database URLs). No part is copied.
struct URLParts {
  let scheme: Range<Int>
  let user: Range<Int>?
  let password: Range<Int>?
  /// The host, without the brackets of an IPv6 address; empty where several are named.
  let host: Range<Int>
  /// All hosts with their ports, as they are written: `h1:27017,h2:27018`.
  let hosts: Range<Int>
  let port: Range<Int>?
  let path: Range<Int>
  let query: Range<Int>?
  /// Whether `//` stands behind the scheme.
  let hasAuthority: Bool
  /// Whether an @ stands behind the hosts: what stands before it may be the rest of a password, in which a / or ? was not written %2F or
  /// %3F.
  let hasStrayAt: Bool

  /// Reads `scheme://[user[:password]@][host][:port][/path][?query]`, or `scheme:path`; nil if there is no scheme, or a
  /// control character, a space or a `#` stands anywhere.
  init?(_ bytes: borrowing RawSpan) {
    let count = bytes.byteCount
    var colon = 0
    while colon < count, Self.isSchemeByte(bytes[octet: colon], first: colon == 0) { colon += 1 }
    guard colon > 0, colon < count, bytes[octet: colon] == UInt8(ascii: ":") else { return nil }
    for index in 0..<count where bytes[octet: index] <= 0x20 || bytes[octet: index] == 0x7F { return nil }
    for index in 0..<count where bytes[octet: index] == UInt8(ascii: "#") { return nil }
    scheme = 0..<colon
    hasAuthority =
      colon + 2 < count && bytes[octet: colon + 1] == UInt8(ascii: "/")
      && bytes[octet: colon + 2] == UInt8(ascii: "/")
    guard hasAuthority else {
      (user, password, port) = (nil, nil, nil)
      host = (colon + 1)..<(colon + 1)
      hosts = host
      hasStrayAt = false
      let question = Self.first(of: UInt8(ascii: "?"), in: bytes, from: colon + 1)
      path = (colon + 1)..<(question ?? count)
      query = question.map { ($0 + 1)..<count }
      return
    }
    let start = colon + 3
    let end = Self.first(of: UInt8(ascii: "/"), or: UInt8(ascii: "?"), in: bytes, from: start) ?? count
    let at = Self.last(of: UInt8(ascii: "@"), in: bytes, from: start, to: end)
    if let at {
      let split = Self.first(of: UInt8(ascii: ":"), in: bytes, from: start).flatMap { $0 < at ? $0 : nil }
      user = start..<(split ?? at)
      password = split.map { ($0 + 1)..<at }
    } else {
      (user, password) = (nil, nil)
    }
    let hostStart = at.map { $0 + 1 } ?? start
    hosts = hostStart..<end
    hasStrayAt = Self.first(of: UInt8(ascii: "@"), in: bytes, from: end) != nil
    if Self.last(of: UInt8(ascii: ","), in: bytes, from: hostStart, to: end) != nil {
      (host, port) = (hostStart..<hostStart, nil)
    } else if hostStart < end, bytes[octet: hostStart] == UInt8(ascii: "[") {
      guard let close = Self.first(of: UInt8(ascii: "]"), in: bytes, from: hostStart), close < end else {
        return nil
      }
      guard close + 1 == end || bytes[octet: close + 1] == UInt8(ascii: ":") else { return nil }
      host = (hostStart + 1)..<close
      port = close + 1 < end ? (close + 2)..<end : nil
    } else {
      let split = Self.last(of: UInt8(ascii: ":"), in: bytes, from: hostStart, to: end)
      host = hostStart..<(split ?? end)
      port = split.map { ($0 + 1)..<end }
    }
    let question = Self.first(of: UInt8(ascii: "?"), in: bytes, from: end)
    path = end..<(question ?? count)
    query = question.map { ($0 + 1)..<count }
  }

  private static func isSchemeByte(_ byte: UInt8, first: Bool) -> Bool {
    Octet.isLetter(byte) || !first && (Octet.isDigit(byte) || "+-.".utf8.contains(byte))
  }

  private static func first(
    of byte: UInt8, or other: UInt8? = nil, in bytes: borrowing RawSpan, from start: Int
  ) -> Int? {
    for index in start..<max(start, bytes.byteCount) {
      let next = bytes[octet: index]
      if next == byte || next == other { return index }
    }
    return nil
  }

  private static func last(of byte: UInt8, in bytes: borrowing RawSpan, from start: Int, to end: Int) -> Int?
  {
    for index in (start..<max(start, end)).reversed() where bytes[octet: index] == byte { return index }
    return nil
  }
}
