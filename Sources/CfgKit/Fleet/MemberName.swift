import CfgKitDotEnv
package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The name of a member: 1 to 128 letters, digits, `.`, `_` and `-`. It is shown, and stands in the address of a key.
package struct MemberName: Sendable, Hashable, CustomStringConvertible {
  /// The text.
  package let description: String

  /// Nil for a text that is none.
  package init?(_ text: String) {
    let isName =
      (1...128).contains(text.utf8.count) && text != "." && text != ".."
      && text.utf8.allSatisfy(Self.isAllowed)
    guard isName else { return nil }
    description = text
  }

  /// The name of whoever says none: its host and its folder, so that two applications of one host have two.
  ///
  /// - Parameters:
  ///   - host: the name of the host; what a name cannot hold is left out.
  ///   - folder: the full path of the folder.
  package init(ofHost host: String, folder: String) {
    let name = host.utf8.prefix(100).filter(Self.isAllowed)
    let hash = String(NameHash.of(folder), radix: 16)
    description = "\(name.isEmpty ? "host" : String(decoding: name, as: UTF8.self))-\(hash.prefix(8))"
  }

  /// The name of this host and a folder.
  package init(ofThisHostAnd folder: FilePath) {
    var buffer = [CChar](repeating: 0, count: 256)
    _ = unsafe gethostname(&buffer, buffer.count - 1)
    let host = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.init(ofHost: host, folder: folder.string)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    Octet.isName(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }
}

extension MemberName: Comparable {
  /// By their bytes.
  package static func < (left: MemberName, right: MemberName) -> Bool { left.description < right.description }
}
