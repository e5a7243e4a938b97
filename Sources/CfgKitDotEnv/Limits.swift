/// How much a reader takes on. What is over is an error, before any work is done for it.
public struct Limits: Sendable, Hashable {
  /// The size of a file in bytes; at most 4 GiB − 1 has an effect.
  public var fileBytes: Int
  /// The size of one expanded value in bytes.
  public var valueBytes: Int
  /// The size of all expanded values of a file together, in bytes.
  public var totalValueBytes: Int
  /// How deep expansions nest.
  public var nesting: Int

  /// 16 MiB a file, 1 MiB a value, 16 MiB of expanded values, 16 levels.
  public static let standard = Limits()

  /// Limits that differ from the standard ones where named.
  public init(
    fileBytes: Int = 16 << 20, valueBytes: Int = 1 << 20, totalValueBytes: Int = 16 << 20, nesting: Int = 16
  ) {
    self.fileBytes = fileBytes
    self.valueBytes = valueBytes
    self.totalValueBytes = totalValueBytes
    self.nesting = nesting
  }
}
