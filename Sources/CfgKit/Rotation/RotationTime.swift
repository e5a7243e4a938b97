import CfgKitDotEnv

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A moment as a managed line writes it: `2026-11-23`, which means its beginning, or `2026-11-23T10:02:11Z`. Always UTC.
package struct RotationTime: Sendable, Hashable {
  /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
  package let seconds: Int
  /// Whether only the date was written.
  private let isDate: Bool

  /// The moment so many seconds after the beginning of 1970, between the years 0 and 9999.
  package init(seconds: Int) {
    self.seconds = seconds
    isDate = false
  }

  /// Reads one of the two forms; nil for anything else, and for a day that no calendar has.
  package init?(parsing text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10 || bytes.count == 20 else { return nil }
    let form = Array("0000-00-00T00:00:00Z".utf8)
    for (byte, sample) in zip(bytes, form) {
      let isDigit = Octet.isDigit(byte)
      guard sample == UInt8(ascii: "0") ? isDigit : byte == sample else { return nil }
    }
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    let day = CivilDay(year: number(0..<4), month: number(5..<7), day: number(8..<10))
    guard CivilDay(sinceEpoch: day.sinceEpoch) == day else { return nil }
    isDate = bytes.count == 10
    guard !isDate else {
      seconds = day.sinceEpoch * 86_400
      return
    }
    let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
    guard hour < 24, minute < 60, second < 60 else { return nil }
    seconds = day.sinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second
  }

  /// The world's clock, now.
  package static var now: RotationTime { RotationTime(seconds: Int(time(nil))) }

  /// The date, `2026-11-23`.
  package var date: String { CivilDay(sinceEpoch: (seconds - Self.rest(seconds)) / 86_400).description }

  /// The end of the year 9999.
  private static let last = 253_402_300_799

  /// The moment so much later, in whole seconds, but none after the year 9999.
  package static func + (time: RotationTime, duration: Duration) -> RotationTime {
    let (sum, overflow) = time.seconds.addingReportingOverflow(Int(duration.components.seconds))
    return RotationTime(seconds: overflow ? last : min(sum, last))
  }

  /// The time between two moments.
  package static func - (later: RotationTime, earlier: RotationTime) -> Duration {
    .seconds(later.seconds - earlier.seconds)
  }

  private static func rest(_ seconds: Int) -> Int { ((seconds % 86_400) + 86_400) % 86_400 }
}

extension RotationTime: Comparable {
  /// The earlier moment is smaller.
  package static func < (left: RotationTime, right: RotationTime) -> Bool { left.seconds < right.seconds }
}

extension RotationTime: CustomStringConvertible {
  /// The form it was read in; `init(parsing:)` reads it back.
  package var description: String {
    guard !isDate else { return date }
    let rest = Self.rest(seconds)
    let parts = [rest / 3_600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(date)T\(parts.joined(separator: ":"))Z"
  }
}

/// A day of the Gregorian calendar, and its number.
private struct CivilDay: Equatable {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// By Howard Hinnant's days_from_civil (http://howardhinnant.github.io/date_algorithms.html), as the inverse below.
  init(sinceEpoch days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var sinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  var description: String {
    let year = String(year)
    let padding = String(repeating: "0", count: max(0, 4 - year.utf8.count))
    return "\(padding)\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}
