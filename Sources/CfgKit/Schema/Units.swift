/// Durations and byte sizes as people write them (schema.md §3).
package enum Units {
  /// `500ms`, `30s`, `5m`, `1h`, `2d`; nil for anything else, a bare number too.
  package static func duration(_ text: String) -> Duration? {
    guard let (count, unit) = split(text) else { return nil }
    return switch unit {
    case "ms": .milliseconds(count)
    case "s": .seconds(count)
    case "m": scaled(count, 60)
    case "h": scaled(count, 3_600)
    case "d": scaled(count, 86_400)
    default: nil
    }
  }

  private static func scaled(_ count: Int, _ seconds: Int) -> Duration? {
    let (product, overflow) = count.multipliedReportingOverflow(by: seconds)
    return overflow ? nil : .seconds(product)
  }

  /// `512B`, `10kB`, `10KB`, `10MB`, `10MiB`, up to TiB, in bytes; nil for anything else: `10M` does not say whether it
  /// counts in 1,000 or 1,024.
  static func byteCount(_ text: String) -> Int? {
    guard let (count, unit) = split(text), let scale = byteScales[unit] else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: scale)
    return overflow ? nil : product
  }

  private static let byteScales: [String: Int] = [
    "B": 1, "kB": 1_000, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000,
    "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
  ]

  private static func split(_ text: String) -> (Int, String)? {
    let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard !digits.isEmpty, text.utf8.count - digits.count <= 3, let count = Int(Substring(digits)) else {
      return nil
    }
    return (count, String(text.dropFirst(digits.count)))
  }
}
