import FoundationEssentials

// The part of the API of AWS Secrets Manager that is used here (docs.aws.amazon.com/secretsmanager/latest/apireference): JSON 1.1, bytes
// in padded base64, names as AWS has them.

/// The labels of a secret's versions.
enum SecretStage {
  static let current = "AWSCURRENT"
  static let previous = "AWSPREVIOUS"
  static let pending = "AWSPENDING"
}

/// What a version holds: text where it can be, so that other tools show it.
struct SecretContent: Codable, Equatable {
  var secretString: String?
  var secretBinary: Data?

  private enum CodingKeys: String, CodingKey {
    case secretString = "SecretString"
    case secretBinary = "SecretBinary"
  }
}

/// Reads one version, by its label or by its id.
struct GetSecretValue: Encodable {
  let secretID: String
  var versionStage: String?
  var versionID: String?

  private enum CodingKeys: String, CodingKey {
    case secretID = "SecretId"
    case versionStage = "VersionStage"
    case versionID = "VersionId"
  }
}

/// A version as it was read.
struct SecretVersion: Decodable {
  let versionID: String
  let content: SecretContent

  private enum CodingKeys: String, CodingKey {
    case versionID = "VersionId"
  }

  init(from decoder: any Decoder) throws {
    versionID = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .versionID)
    content = try SecretContent(from: decoder)
  }
}

/// Asks which label stands where.
struct DescribeSecret: Encodable {
  let secretID: String

  private enum CodingKeys: String, CodingKey {
    case secretID = "SecretId"
  }
}

/// Which labels each version has; one without any is not there.
struct SecretDescription: Decodable {
  let stages: [String: [String]]?

  private enum CodingKeys: String, CodingKey {
    case stages = "VersionIdsToStages"
  }

  /// The version that has a label, or nil.
  func version(_ stage: String) -> String? { stages?.first { $0.value.contains(stage) }?.key }
}

/// Makes a secret whose first version is the current one.
struct CreateSecret: Encodable {
  let name: String
  let token: String
  let content: SecretContent

  private enum CodingKeys: String, CodingKey {
    case name = "Name"
    case token = "ClientRequestToken"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(token, forKey: .token)
    try content.encode(to: encoder)
  }
}

/// Puts a version with these labels; its id is the token.
struct PutSecretValue: Encodable {
  let secretID: String
  let token: String
  let stages: [String]
  let content: SecretContent

  private enum CodingKeys: String, CodingKey {
    case secretID = "SecretId"
    case token = "ClientRequestToken"
    case stages = "VersionStages"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(secretID, forKey: .secretID)
    try container.encode(token, forKey: .token)
    try container.encode(stages, forKey: .stages)
    try content.encode(to: encoder)
  }
}

/// Moves a label from one version to another; refused if the first does not have it.
struct UpdateSecretVersionStage: Encodable {
  let secretID: String
  let stage: String
  var from: String?
  var to: String?

  private enum CodingKeys: String, CodingKey {
    case secretID = "SecretId"
    case stage = "VersionStage"
    case from = "RemoveFromVersionId"
    case to = "MoveToVersionId"
  }
}

/// What a change answers; nothing of it is needed.
struct NothingMore: Decodable {}

/// What AWS says of a request that it does not do. Its words are never shown.
struct SecretsManagerRefusal: Decodable {
  private let type: String?

  private enum CodingKeys: String, CodingKey {
    case type = "__type"
  }

  /// `ResourceNotFoundException`.
  var name: String { type?.split(separator: "#").last.map(String.init) ?? "" }
}
