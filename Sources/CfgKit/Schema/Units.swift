import CfgKitDotEnv

/// Durations and byte sizes as people write them.
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

  /// The shortest text of a duration; nil for one below zero, or finer than milliseconds.
  static func text(duration: Duration) -> String? {
    let (seconds, attoseconds) = duration.components
    let (milliseconds, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
    guard duration >= .zero, rest == 0 else { return nil }
    guard milliseconds == 0 else {
      let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
      return overflow ? nil : "\(whole + milliseconds)ms"
    }
    for (unit, scale) in [("d", Int64(86_400)), ("h", 3_600), ("m", 60)]
    where seconds > 0 && seconds.isMultiple(of: scale) {
      return "\(seconds / scale)\(unit)"
    }
    return "\(seconds)s"
  }

  /// The shortest text of a number of bytes.
  static func text(bytes count: Int) -> String {
    let units = byteScales.filter { $0.key != "kB" }.sorted { $0.value > $1.value }
    let unit = units.first { count > 0 && count.isMultiple(of: $0.value) }
    return unit.map { "\(count / $0.value)\($0.key)" } ?? "\(count)B"
  }

  private static func split(_ text: String) -> (Int, String)? {
    let digits = text.utf8.prefix(while: Octet.isDigit)
    guard !digits.isEmpty, text.utf8.count - digits.count <= 3, let count = Int(Substring(digits)) else {
      return nil
    }
    return (count, String(text.dropFirst(digits.count)))
  }
}
