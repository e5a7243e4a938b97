public import CfgKitSecrets

extension Secret: Decodable {
  /// Decodes from a `Config` only: any other decoder has had the bytes in ordinary memory already.
  ///
  /// - Throws: `DecodingError` for another decoder, `ConfigError` if there is no secret at this place.
  public init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? ConfigDecoder else {
      throw DecodingError.onlyFromConfig("Secret", decoder)
    }
    self = try decoder.value(Secret.self)
  }
}

extension ConfigURL: Decodable {
  /// Decodes from a `Config` only: any other decoder has had a password in ordinary memory already.
  ///
  /// - Throws: `DecodingError` for another decoder, `ConfigError` if there is no URL at this place.
  public init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? ConfigDecoder else {
      throw DecodingError.onlyFromConfig("ConfigURL", decoder)
    }
    self = try decoder.value(ConfigURL.self)
  }
}

extension DecodingError {
  fileprivate static func onlyFromConfig(_ type: String, _ decoder: any Decoder) -> DecodingError {
    .dataCorrupted(
      .init(
        codingPath: decoder.codingPath,
        debugDescription: "a \(type) is decoded by Config.decode, and by no other decoder"
      ))
  }
}
