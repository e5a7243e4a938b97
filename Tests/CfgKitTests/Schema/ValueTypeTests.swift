import Testing

@testable import CfgKit

/// What each type accepts and what it refuses.
@Suite struct ValueTypeTests {
  private func problem(_ text: String, _ type: ValueType) -> TypeProblem? {
    LayerValue.text(text).withBytes { type.problem(with: $0) }
  }

  private static let url = ValueType.url(schemes: ["postgresql", "redis"])

  @Test(arguments: [
    ("-12", ValueType.integer(min: nil, max: nil)), ("0", .integer(min: 0, max: 0)),
    ("1.5", .number(min: nil, max: nil)),
    ("2e3", .number(min: nil, max: nil)), ("YES", .boolean), ("f", .boolean),
    ("redis", .enumeration(["redis", "null"])),
    ("postgresql+psycopg://u:p@db:5432/app?x=1", url), ("redis://[::1]:6379/0", url),
    ("sqlite:///app.db", .url(schemes: ["sqlite"])),
    ("8080", .port(min: nil, max: nil)), ("db.internal", .host), ("::1", .host),
    ("10.0.0.1", .ip(version: 4)),
    ("fe80::1", .ip(version: 6)), ("::ffff:10.0.0.1", .ip(version: 6)), ("ops@example.test", .email),
    ("0190163d-8694-739b-aea5-966c26f8ad91", .uuid), ("1.2.3-rc.1+b5", .semver), ("2026-11-23", .isoDate),
    ("2026-11-23T10:02:11Z", .isoDate), ("2024-02-29T10:02", .isoDate),
    ("2026-11-23T10:02:11.25+05:30", .isoDate),
    ("1.0.0-x-y.7+001.a-b", .semver), ("http://[::1]:80/a", .url(schemes: [])),
    ("mongodb://a:1,b:2/x", .url(schemes: [])),
    ("[\"gr\\u0065en\"]", .array(.enumeration(["green"]), separator: ",")),
    ("[[1],{\"a\":[2]}]", .array(.text, separator: ",")), ("30s", .duration(min: nil, max: nil)),
    ("2d", .duration(min: nil, max: nil)),
    ("10MB", .bytes), ("10MiB", .bytes), ("a, b,c", .array(.text, separator: ",")),
    ("1;2", .array(.integer(min: nil, max: nil), separator: ";")),
    ("[\"a\"]", .array(.text, separator: ",")), ("{\"a\":1}", .record(.text)),
    ("c2VjcmV0", .base64(bytes: 6)),
    ("c2VjcmU=", .base64(bytes: 5)), ("00ff", .hex(bytes: 2)), ("anything at all", .text),
  ])
  func acceptsWhatThePageAccepts(text: String, type: ValueType) {
    #expect(problem(text, type) == nil)
  }

  @Test(arguments: [
    ("12.0", ValueType.integer(min: nil, max: nil)), ("0x1F", .integer(min: nil, max: nil)),
    ("1_000", .integer(min: nil, max: nil)), ("+1", .integer(min: nil, max: nil)),
    ("99999999999999999999", .integer(min: nil, max: nil)), ("NaN", .number(min: nil, max: nil)),
    ("1,5", .number(min: nil, max: nil)), ("inf", .number(min: nil, max: nil)), ("enabled", .boolean),
    ("Redis", .enumeration(["redis", "null"])), ("mysql://db/app", url), ("postgresql://u:p#w@db/app", url),
    ("postgresql://u:p w@db/app", url), ("postgresql:///app", url), ("db/app", url),
    ("postgresql://db:0/app", url),
    ("0", .port(min: nil, max: nil)), ("65536", .port(min: nil, max: nil)), ("https://db", .host),
    ("db:5432", .host),
    ("10.0.0.256", .ip(version: nil)), ("10.0.0.1", .ip(version: 6)), ("a@b@c", .email), ("a@b, c@d", .email),
    ("1.2", .semver), ("01.2.3", .semver), ("2026-13-01", .isoDate),
    ("1.0.0-a..b", .semver), ("1.0.0+a+b", .semver), ("1.0.0-01", .semver), ("1.0.0-", .semver),
    ("1.2.3+", .semver),
    ("2026-02-31", .isoDate), ("2026-+1-+1", .isoDate), ("2026-01-01T::::::", .isoDate),
    ("2026-01-01T25:00", .isoDate),
    ("2026-01-01T10:00+99:99", .isoDate), ("999.999.999.999", .host), ("a.1", .host),
    ("http://:80/x", .url(schemes: [])), ("redis://u:p@:6379", .url(schemes: [])),
    ("http://[::1]evil.example/", .url(schemes: [])), ("http://[zz]/", .url(schemes: [])),
    ("http://[]", .url(schemes: [])),
    ("[\"9\\u0039\"]", .array(.integer(min: nil, max: 10), separator: ",")),
    ("[\"8\\u0030x\"]", .array(.port(min: nil, max: nil), separator: ",")),
    ("[\"a\\q\"]", .array(.text, separator: ",")), ("[abc[1]]", .array(.text, separator: ",")),
    ("aa", .hex(bytes: .max)), ("30 s", .duration(min: nil, max: nil)),
    ("10M", .bytes), ("a,,b", .array(.text, separator: ",")), ("a,", .array(.text, separator: ",")),
    ("[1", .array(.text, separator: ",")),
    ("a=1", .record(.text)), ("/no/such/file", .path(mustExist: true)), ("c2Vj!mV0", .base64(bytes: nil)),
    ("c2VjcmV0", .base64(bytes: 7)), ("00f", .hex(bytes: nil)), ("00ff", .hex(bytes: 3)), ("   ", .text),
  ])
  func refusesWhatThePageRefuses(text: String, type: ValueType) {
    #expect(problem(text, type) != nil)
  }

  @Test func capitalBooleansAreASpellingMatter() {
    #expect(problem("False", .boolean)?.kind == .spelling("false"))
    #expect(problem("True", .boolean)?.kind == .spelling("true"))
    #expect(problem("FALSE", .boolean) == nil)
  }

  @Test func aBareNumberHasNoUnit() {
    #expect(problem("30", .duration(min: nil, max: nil))?.kind == .unit)
    #expect(problem("1024", .bytes)?.kind == .unit)
  }

  @Test func boundsAreInclusive() {
    #expect(problem("1", .integer(min: 1, max: 2)) == nil)
    #expect(problem("3", .integer(min: 1, max: 2))?.kind == .outOfRange)
    #expect(problem("short", .string(.init(minLength: 6)))?.kind == .outOfRange)
    #expect(problem("1023", .port(min: 1024, max: nil))?.kind == .outOfRange)
  }

  @Test func otherCaseIsAskedBack() {
    #expect(
      problem("Filesystem", .enumeration(["redis", "filesystem"]))?.message.hasSuffix(
        "did you mean filesystem?") == true)
  }
}
