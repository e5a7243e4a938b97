package import CfgKit
import CfgKitDotEnv

/// Where a document lives in etcd: `etcd://host:2379,host:2379/prefix`.
package struct EtcdAddress: Sendable, Hashable {
  /// One server of the cluster.
  package struct Endpoint: Sendable, Hashable {
    /// A name or an address; of version 6 without brackets.
    package let host: String
    /// 2379 where none is named.
    package let port: Int

    /// Whether nothing leaves this machine on the way there.
    var isLoopback: Bool {
      host == "localhost" || host == "::1"
        || host.hasPrefix("127.") && host.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }

    /// As a part of a URL.
    var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  }

  /// The servers, in the order in which they are tried.
  package let endpoints: [Endpoint]
  /// What every key begins with, without a slash at its ends.
  package let prefix: String

  /// - Throws: `StoreError` of the code `.address`. What was given is not repeated: it may hold a password.
  package init(parsing text: String) throws(StoreError) {
    let scheme = "etcd://"
    guard text.hasPrefix(scheme) else {
      throw .address(
        "the address of a store begins with \(scheme) or aws-sm://, as in \(Self.example) or aws-sm://eu-central-1/shop/env"
      )
    }
    let rest = try StoreError.withoutSecret(text).dropFirst(scheme.count)
    let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let prefix = parts.count > 1 ? String(parts[1]) : ""
    guard Self.isPrefix(prefix) else {
      throw .address(
        "an address of etcd ends with the place of the document there, of letters, digits and . _ - /, as in \(Self.example)"
      )
    }
    var endpoints: [Endpoint] = []
    for part in parts[0].split(separator: ",", omittingEmptySubsequences: false) {
      guard let endpoint = Self.endpoint(part) else {
        throw .address(
          "an address of etcd names its servers as host:port with commas between, as in \(Self.example)")
      }
      endpoints.append(endpoint)
    }
    self.endpoints = endpoints
    self.prefix = prefix
  }

  private static let example = "etcd://10.0.0.1:2379,10.0.0.2:2379/shop"

  private static func isPrefix(_ text: String) -> Bool {
    let segments = text.split(separator: "/", omittingEmptySubsequences: false)
    return segments.allSatisfy { segment in
      !segment.isEmpty && segment != "." && segment != ".." && segment.utf8.allSatisfy(isWordByte)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    Octet.isName(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }

  private static func endpoint(_ text: Substring) -> Endpoint? {
    let host: Substring
    var rest: Substring
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
      guard !host.isEmpty,
        host.utf8.allSatisfy({ Octet.isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
      else { return nil }
    } else {
      let end = text.firstIndex(of: ":") ?? text.endIndex
      host = text[..<end]
      rest = text[end...]
      guard !host.isEmpty, host.utf8.allSatisfy(isWordByte) else { return nil }
    }
    if rest.isEmpty { return Endpoint(host: String(host), port: 2379) }
    rest = rest.dropFirst()
    guard rest.utf8.allSatisfy(Octet.isDigit),
      let port = Int(rest),
      (1...65_535).contains(port), text.utf8.contains(UInt8(ascii: ":"))
    else { return nil }
    return Endpoint(host: String(host), port: port)
  }
}

extension EtcdAddress: CustomStringConvertible {
  /// What messages call the store.
  package var description: String { "etcd://\(endpoints.map(\.text).joined(separator: ","))/\(prefix)" }
}

extension StoreError {
  static func address(_ message: String) -> StoreError { StoreError(.address, place: "--store", message) }
}
