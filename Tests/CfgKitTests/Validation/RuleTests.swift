import SystemPackage
import Testing

@testable import CfgKit

/// Examples that a rule finds, and examples that it leaves alone.
@Suite struct RuleTests {
  @Test(arguments: RuleExample.all + RuleExample.packs)
  func theRuleFindsItsExample(example: RuleExample) throws {
    var files: [String: String] = [:]
    if !example.schema.isEmpty { files[".env.schema"] = example.schema }
    if !example.file.isEmpty { files[".env"] = example.file }
    let folder = try TemporaryProject(files)
    let found = try folder.load(environment: example.environment, name: example.name).validate().findings
      .filter { $0.rule.id == example.rule }
      .map { finding in
        let place =
          finding.location.map { $0.line.map { "\($0):\(finding.location?.column ?? 0)" } ?? "" } ?? "-"
        return "\(place) \(finding.severity.rawValue) \(finding.key ?? "-")"
      }
    #expect(found == (example.finds.map { [$0] } ?? []))
  }

  @Test func everyRuleHasAnExampleOrIsShownElsewhere() {
    let shown = Set((RuleExample.all + RuleExample.packs).map(\.rule)).union(DoctorTests.examples.map(\.rule))
    let elsewhere: Set<String> = [
      "known-secret", "file-mode", "not-ignored", "tracked-by-git", "symlink", "in-docker-context",
      "file-not-read",
      // FlaskVersionTests, DoctorTests, and the real services of Tests/Frameworks.
      "flask/fallbacks-version", "flask/sid-fixation", "flask/stale-sessions", "in-git-history",
      "service-unreachable", "service-tls", "service-auth", "laravel/cached-config",
      // GoldenTests of the command line: diff.
      "one-sided-key",
    ]
    let general = Rule.all.filter { $0.number >= 200 }.map(\.id)
    #expect(Set(general).subtracting(shown).subtracting(elsewhere) == [])
  }

  @Test func everyRuleHasItsPage() {
    for rule in Rule.all {
      #expect(
        ![rule.summary, rule.reason, rule.example, rule.remedy, rule.source].contains(""), "\(rule.id)")
      #expect(!rule.summary.hasSuffix("."), "\(rule.id)")
    }
  }

  @Test func codesAndNamesAreUnique() {
    #expect(Set(Rule.all.map(\.number)).count == Rule.all.count)
    #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
    #expect(Rule.named("CFG201")?.id == "placeholder-secret")
    #expect(Rule.named("cfg302")?.id == "unknown-key")
  }

  @Test func aFileThatOthersMayReadIsFound() throws {
    let folder = try TemporaryProject([:])
    try folder.write(
      ".env", "API_TOKEN=\(RuleExample.strong)\n", mode: [.ownerReadWrite, .groupRead, .otherRead])
    #expect(try folder.findings().contains(".env warning file-mode -"))
    #expect(try folder.findings(name: "production").contains(".env error file-mode -"))
  }

  @Test func theBuildPhaseDoesWithoutSecrets() throws {
    let folder = try TemporaryProject([".env.schema": RuleExample.head + RuleExample.key + "K=\nPORT=\n"])
    let findings = try folder.findings(options: ValidationOptions(phase: .build))
    #expect(findings.contains { $0.hasSuffix("missing-required PORT") })
    #expect(!findings.contains { $0.hasSuffix(" K") })
  }

  @Test func rulesCanBeSwitchedOffAndWeighed() throws {
    let folder = try TemporaryProject([".env.schema": RuleExample.head + "PORT=1\n", ".env": "OTHER=1\n"])
    #expect(try folder.findings(options: .init(ruleSettings: ["unknown-key": .off])).isEmpty)
    #expect(
      try folder.findings(options: .init(ruleSettings: ["CFG302": .severity(.error)]))
        == [".env:1:1 error unknown-key OTHER"])
  }
}
