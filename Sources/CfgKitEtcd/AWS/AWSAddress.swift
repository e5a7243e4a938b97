package import CfgKit
import CfgKitDotEnv

/// Where a document lives in AWS Secrets Manager: `aws-sm://REGION/NAME`.
package struct AWSAddress: Sendable, Hashable {
  /// The region, such as `eu-central-1`.
  package let region: String
  /// The name of the secret, as AWS has it: letters, digits and `/_+=.@-`.
  package let name: String

  /// - Throws: `StoreError` of the code `.address`. What was given is not repeated: it may hold a key.
  package init(parsing text: String) throws(StoreError) {
    let scheme = "aws-sm://"
    guard text.hasPrefix(scheme) else {
      throw .address("an address of AWS Secrets Manager begins with \(scheme), as in \(Self.example)")
    }
    let parts = text.dropFirst(scheme.count).split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let region = parts.first, Self.isRegion(region) else {
      throw .address(
        "an address of AWS Secrets Manager names a region and no key: a process listing shows it; as in \(Self.example)"
      )
    }
    guard parts.count == 2, (1...512).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(Self.isNameByte)
    else {
      throw .address(
        "an address of AWS Secrets Manager ends with the name of a secret, of letters, digits and / _ + = . @ -, as in \(Self.example)"
      )
    }
    self.region = String(region)
    name = String(parts[1])
  }

  private static let example = "aws-sm://eu-central-1/shop/env"

  private static func isRegion(_ text: Substring) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { Octet.isSmallLetter($0) || Octet.isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    Octet.isLetterOrDigit(byte) || "/_+=.@-".utf8.contains(byte)
  }
}

extension AWSAddress: CustomStringConvertible {
  /// What messages call the store.
  package var description: String { "aws-sm://\(region)/\(name)" }
}
