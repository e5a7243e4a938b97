import CfgKit

/// One place for every sentence about AWS Secrets Manager.
extension StoreError {
  static func unreachable(_ address: AWSAddress, _ why: String) -> StoreError {
    StoreError(
      .unreachable, place: address.description,
      "\(address) cannot be used now: \(why); check the region and the network, then try again")
  }

  static func noCredentials(profile: String) -> StoreError {
    StoreError(
      .permission, place: "credentials",
      "no access key for AWS: neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set, nor has ~/.aws/credentials the profile \(profile); "
        + "set the variables, or run: aws configure")
  }

  static func notAdmitted(_ address: AWSAddress) -> StoreError {
    StoreError(
      .permission, place: address.description,
      "AWS does not know this access key, or it is expired, or the clock here is wrong; look at the variables AWS_… and at ~/.aws/credentials"
    )
  }

  static func notAllowed(_ address: AWSAddress) -> StoreError {
    StoreError(
      .permission, place: address.description,
      "this access key may not do this at \(address); its policy needs GetSecretValue, DescribeSecret, CreateSecret, PutSecretValue "
        + "and UpdateSecretVersionStage of secretsmanager")
  }

  /// A secret that is one key is not read as a document: its first change would be the end of the key.
  static func oneValue(_ address: AWSAddress) -> StoreError {
    StoreError(
      .notADocument, place: address.description,
      "\(address) holds one value, and no document of KEY=value lines; if it is one key, change it with: "
        + "cfgkit --store \(address) rotate-secret KEY --stages; else name the secret that has the document")
  }

  static func unusable(_ address: AWSAddress, _ why: String) -> StoreError {
    StoreError(.changed, place: address.description, "\(address) \(why)")
  }
}

/// What AWS Secrets Manager takes.
package enum AWSLimits {
  /// The most that one version of a secret holds.
  package static let documentBytes = 65_536
}
