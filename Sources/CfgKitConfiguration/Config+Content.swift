#if SwiftConfiguration
  import CfgKit
  import Configuration

  extension Config {
    /// The value of a key as swift-configuration wants it; nil if it is unset or empty.
    ///
    /// Bytes are hexadecimal where the schema says so, else base64, as swift-configuration reads them by default.
    ///
    /// - Throws: `ConfigError` if it is not of this type.
    func content(of key: String, as type: ConfigType) throws(CfgKit.ConfigError) -> ConfigContent? {
      switch type {
      case .string: try exposedValue(of: key, as: String.self).map(ConfigContent.string)
      case .int: try exposedValue(of: key, as: Int.self).map(ConfigContent.int)
      case .double: try exposedValue(of: key, as: Double.self).map(ConfigContent.double)
      case .bool: try exposedValue(of: key, as: Bool.self).map(ConfigContent.bool)
      case .bytes:
        try exposedValue(of: key, as: String.self).map { text throws(CfgKit.ConfigError) in
          .bytes(try decoded(text, of: key))
        }
      case .stringArray: try exposedValue(of: key, as: [String].self).map(ConfigContent.stringArray)
      case .intArray: try exposedValue(of: key, as: [Int].self).map(ConfigContent.intArray)
      case .doubleArray: try exposedValue(of: key, as: [Double].self).map(ConfigContent.doubleArray)
      case .boolArray: try exposedValue(of: key, as: [Bool].self).map(ConfigContent.boolArray)
      case .byteChunkArray:
        try exposedValue(of: key, as: [String].self).map { texts throws(CfgKit.ConfigError) in
          .byteChunkArray(try texts.map { text throws(CfgKit.ConfigError) in try decoded(text, of: key) })
        }
      }
    }

    private func decoded(_ text: String, of key: String) throws(CfgKit.ConfigError) -> [UInt8] {
      let isHex =
        switch declaration(of: key)?.type {
        case .hex, .array(.hex, _): true
        default: false
        }
      let decoder: any ConfigBytesFromStringDecoder = isHex ? .hex : .base64
      guard let bytes = decoder.decode(text) else {
        throw CfgKit.ConfigError(
          reading: key, isHex ? "is not hexadecimal" : "is not base64", at: origin(of: key))
      }
      return bytes
    }
  }
#endif
