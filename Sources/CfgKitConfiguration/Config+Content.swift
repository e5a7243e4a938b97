#if SwiftConfiguration
  import CfgKit
  import Configuration

  extension Config {
    /// The value of a key as swift-configuration wants it; nil if it is unset or empty.
    ///
    /// Each is read as its key is declared. Bytes are hexadecimal where the schema says so, else base64, as swift-configuration reads
    /// them by default, or base64url.
    ///
    /// - Throws: `ConfigError` if it is not of this type.
    func content(of key: String, as type: ConfigType) throws(CfgKit.ConfigError) -> ConfigContent? {
      switch type {
      case .string: try exposedValue(of: key, as: String.self).map(ConfigContent.string)
      case .int: try exposedValue(of: key, as: Int.self).map(ConfigContent.int)
      case .double: try exposedValue(of: key, as: Double.self).map(ConfigContent.double)
      case .bool: try exposedValue(of: key, as: Bool.self).map(ConfigContent.bool)
      case .bytes: try exposedValue(of: key, as: OctetString.self).map { .bytes($0.bytes) }
      case .stringArray: try exposedValue(of: key, as: [String].self).map(ConfigContent.stringArray)
      case .intArray: try exposedValue(of: key, as: [Int].self).map(ConfigContent.intArray)
      case .doubleArray: try exposedValue(of: key, as: [Double].self).map(ConfigContent.doubleArray)
      case .boolArray: try exposedValue(of: key, as: [Bool].self).map(ConfigContent.boolArray)
      case .byteChunkArray:
        try exposedValue(of: key, as: [OctetString].self).map { .byteChunkArray($0.map(\.bytes)) }
      }
    }
  }
#endif
