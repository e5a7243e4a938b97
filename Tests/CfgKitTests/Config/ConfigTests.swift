import SystemPackage
import Testing

@testable import CfgKit

@Suite struct ConfigTests {
  private let schema = """
    # @defaultRequired=true
    # ---
    # @type=port
    PORT=8080
    # @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32
    SECRET_KEY=
    # @optional
    NAME=

    """
  private let secret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17"

  private func load(_ file: String, environment: [String: String] = [:]) throws -> Config {
    let folder = try TemporaryProject([".env.schema": schema, ".env": file])
    return try Config(try folder.load(environment: environment))
  }

  @Test func readsAreTyped() throws {
    let config = try load("SECRET_KEY=\(secret)\n", environment: ["PORT": "9090"])
    #expect(try config.required("PORT", as: UInt16.self) == 9090)
    #expect(try config.value("PORT") == "9090")
    #expect(try config.value("NAME", as: String.self) == nil)
    #expect(config.origin(of: "PORT") == .environment)
    #expect(try config.secret("SECRET_KEY").exposedText() == secret)
  }

  @Test func aReadOfTheWrongTypeNamesKeyAndPlaceOnly() throws {
    let config = try load("SECRET_KEY=\(secret)\nPORT=8080\n")
    #expect(throws: ConfigError.self) { try config.value("PORT", as: UInt8.self) }
    #expect(throws: ConfigError.self) { try config.required("NAME", as: String.self) }
  }

  @Test func aSecretIsHandedOutAsSecretOrByALoudName() throws {
    let config = try load("SECRET_KEY=\(secret)\nPORT=8080\n")
    let error = #expect(throws: ConfigError.self) { try config.value("SECRET_KEY", as: String.self) }
    let text = try #require(error.map { "\($0)" })
    #expect(text.hasPrefix("SECRET_KEY is a secret: read it as a Secret, or with exposedText(of:)"))
    #expect(!text.contains(secret))
    #expect(error?.key == "SECRET_KEY")
    #expect(try config.value("SECRET_KEY", as: Secret.self)?.exposedText() == secret)
    #expect(config.exposedText(of: "SECRET_KEY") == secret)
    #expect(config.isSensitive("SECRET_KEY") && !config.isSensitive("PORT"))
  }

  @Test func anInvalidProjectThrowsEverythingAtOnce() throws {
    let error = #expect(throws: ConfigError.self) { try load("SECRET_KEY=changeme\nPORT=http\nPROT=1\n") }
    #expect(
      error?.findings.filter { $0.severity == .error }.map(\.rule.id) == [
        "placeholder-secret", "type-mismatch", "unknown-key",
      ])
    let text = try #require(error?.description)
    #expect(text.contains(#/fix: cfgkit -C /\S+ rotate-secret SECRET_KEY --drop-previous/#))
    #expect(text.hasSuffix("not started: 3 errors"))
    #expect(!text.contains("changeme"))
  }

  @Test func nothingThatPrintsAConfigShowsAValue() throws {
    let config = try load("SECRET_KEY=\(secret)\nNAME=visible-name\n")
    var dumped = ""
    dump(config, to: &dumped)
    for text in [
      dumped, "\(config)", String(reflecting: config), "\(Mirror(reflecting: config).children.map { $0 })",
    ] {
      #expect(!text.contains(secret) && !text.contains("visible-name"))
    }
  }

  @Test func nothingThatPrintsAProjectShowsAValue() throws {
    let folder = try TemporaryProject([
      ".env": "SECRET_KEY=\(secret)\nNAME=visible-name\nBOTH=\"${NAME} twice\"\n"
    ])
    let project = try folder.load(environment: ["OTHER_TOKEN": secret, "OUTSIDE": "visible-name"])
    var dumped = ""
    dump(project, to: &dumped)
    for text in [dumped, "\(project)", String(reflecting: project), "\(project.options.environment)"] {
      #expect(!text.contains(secret) && !text.contains("visible-name"))
    }
  }

  @Test func aMissingSecretKeepsTheConfigFromExisting() throws {
    let error = #expect(throws: ConfigError.self) { try load("PORT=1\n") }
    // What is printed is about that folder, wherever it is run.
    let fix = try #require(error?.findings.first?.fix?.summary)
    #expect(fix.contains(#/^cfgkit -C /\S+ rotate-secret SECRET_KEY$/#), "\(fix)")
  }
}
