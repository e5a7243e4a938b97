import CfgKitDotEnv
import CfgKitSecrets
import Foundation
import SystemPackage
import Testing

@testable import CfgKit

/// A project with one schema and one `.env`, and the verbs of `rotate-secret` on it.
struct RotationBench {
  static let start = RotationTime(parsing: "2026-11-23T10:00:00Z")!
  static let strong = "4f1b0a7c9d2e8356b1c0f4a97e63d852aa0c5b7e19f3d4682b7c0e91f5a3d604"

  let scratch: Scratch
  var environment: [String: String] = [:]

  init(_ env: String, schema pragmas: String = "generate=hex:32 rotate=180d fallback=SECRET_KEY_FALLBACKS")
    throws
  {
    scratch = try Scratch()
    try scratch.write(
      """
      # @defaultRequired=true @defaultSensitive=false # cfgkit: rules=flask
      # ---

      # @sensitive @type=string # cfgkit: strength=128 \(pragmas)
      SECRET_KEY=

      # @optional @sensitive @type=array(string) # cfgkit: managed
      SECRET_KEY_FALLBACKS=

      # @optional
      OTHER=

      """, to: ".env.schema")
    try scratch.write(env)
  }

  @discardableResult
  func run(
    _ step: Rotation.Step, after days: Double = 0, drops: Bool = false, grace: Duration? = nil,
    value: String? = nil,
    confirmed: Bool = false
  ) throws -> RotationChange {
    var request = Rotation.Request(step, of: ["SECRET_KEY"])
    request.dropsPrevious = drops
    request.grace = grace
    request.value = try value.map { try Secret(copying: $0) }
    request.isConfirmed = confirmed
    request.now = Self.start + .seconds(Int(days * 86_400))
    let project = try Project.load(
      Project.Options(directory: scratch.path, environment: .made(environment)))
    let rotation = try Rotation(request, in: project)
    return try CallingThread.run { try await rotation.apply() }[0]
  }

  func refusal(_ body: () throws -> Void) -> RotationRefusal.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? RotationRefusal)?.code
    }
  }

  func value(_ key: String) throws -> String? {
    try FileStore(scratch[".env"]).load().0.read().value(for: key)
  }
}

@Suite struct RotationTests {
  static let strong = RotationBench.strong

  @Test func `an empty secret is filled, and dated`() throws {
    let bench = try RotationBench("A=1\nSECRET_KEY=\nB=2\n", schema: "generate=hex:32")
    let change = try bench.run(.rotate)
    #expect(change.title == "filled SECRET_KEY in \(bench.scratch[".env"]): 32 random bytes, hex")
    #expect(try bench.value("SECRET_KEY")?.count == 64)
    let lines = try bench.scratch.text().split(separator: "\n")
    #expect(lines.map { $0.prefix(14) }.map(String.init)[0] == "A=1")
    #expect(lines[1].hasPrefix("# cfgkit: rotated=2026-11-23T10:00:00Z phase=steady gen=1 op="))
    #expect(lines[3] == "B=2")
  }

  @Test func `a secret that the schema asks for and the file lacks is filled in`() throws {
    let bench = try RotationBench("OTHER=1\n", schema: "generate=hex:32")
    try bench.run(.rotate)
    #expect(try bench.value("SECRET_KEY")?.count == 64)
    #expect(try bench.value("OTHER") == "1")
  }

  @Test func `one shot keeps the old key first in its fallback`() throws {
    let bench = try RotationBench("# top\r\nSECRET_KEY='\(Self.strong)'   # signs\r\nOTHER=1")
    let change = try bench.run(.rotate)
    #expect(change.phase == .grace)
    #expect(change.until?.date == "2026-12-25")
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == Self.strong)
    #expect(try bench.value("SECRET_KEY") != Self.strong)
    let text = try bench.scratch.text()
    #expect(text.hasPrefix("# top\r\n# cfgkit: rotated="))
    #expect(text.contains("   # signs\r\nSECRET_KEY_FALLBACKS="))
    #expect(text.hasSuffix("\r\nOTHER=1"))
  }

  @Test func `the steps one by one`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    #expect(try bench.run(.prepare).phase == .staged)
    #expect(try bench.value("SECRET_KEY") == Self.strong)
    let next = try #require(try bench.value("SECRET_KEY_FALLBACKS"))
    let prepared = try bench.scratch.text()
    #expect(try bench.run(.prepare, after: 1).isChanged == false)
    #expect(try bench.scratch.text() == prepared)

    #expect(try bench.run(.promote, after: 1).phase == .grace)
    #expect(try bench.value("SECRET_KEY") == next)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == Self.strong)
    #expect(try bench.run(.promote, after: 2).isChanged == false)

    #expect(bench.refusal { try bench.run(.retire, after: 32.9) } == .tooEarly)
    let retired = try bench.run(.retire, after: 33)
    #expect(retired.title == "retired 1 previous key of SECRET_KEY, 32 days after it was replaced")
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == nil)
    #expect(try !bench.scratch.text().contains("SECRET_KEY_FALLBACKS"))
    #expect(try bench.scratch.text().contains("dead="))
    #expect(try bench.run(.retire, after: 34).isChanged == false)
  }

  @Test func `promote without prepare is out of step`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    #expect(bench.refusal { try bench.run(.promote) } == .outOfStep)
  }

  @Test func `a rotation under way has to be finished before the next`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    try bench.run(.prepare)
    let before = try bench.scratch.text()
    #expect(bench.refusal { try bench.run(.rotate) } == .outOfStep)
    #expect(bench.refusal { try bench.run(.rotate, drops: true) } == .outOfStep)
    #expect(try bench.scratch.text() == before)
  }

  @Test func `abort before promote drops the next key`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    try bench.run(.prepare)
    #expect(try bench.run(.abort).phase == .steady)
    #expect(try bench.value("SECRET_KEY") == Self.strong)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == nil)
    #expect(bench.refusal { try bench.run(.abort) } == .outOfStep)
  }

  @Test func `abort after promote lets the previous key sign again and keeps the new one`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    try bench.run(.rotate)
    let fresh = try bench.value("SECRET_KEY")
    try bench.run(.abort, after: 1)
    #expect(try bench.value("SECRET_KEY") == Self.strong)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == fresh)
  }

  @Test func `a compromised key goes everywhere at once, if confirmed`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    try bench.run(.rotate)
    try bench.run(.prepare, after: 1)
    #expect(bench.refusal { try bench.run(.compromised, after: 2) } == .unconfirmed)
    try bench.run(.compromised, after: 2, confirmed: true)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == nil)
    #expect(bench.refusal { try bench.run(.rotate, after: 3, value: Self.strong) } == .reusedValue)
  }

  @Test(arguments: ["dev", "your-secret-key-here-minimal-32-characters", "changeme"])
  func `a sample is not kept, and goes only if that is said`(sample: String) throws {
    let bench = try RotationBench("SECRET_KEY=\(sample)\n")
    #expect(bench.refusal { try bench.run(.rotate) } == .unfitCurrent)
    #expect(try bench.scratch.text() == "SECRET_KEY=\(sample)\n")
    try bench.run(.rotate, drops: true)
    #expect(try bench.value("SECRET_KEY") != sample)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == nil)
    #expect(try !bench.scratch.text().contains(#/current=-\s/#))
  }

  @Test func `without a fallback the old key goes only if that is said`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n", schema: "generate=hex:32")
    #expect(bench.refusal { try bench.run(.rotate) } == .noFallback)
    try bench.run(.rotate, drops: true)
    #expect(try bench.value("SECRET_KEY") != Self.strong)
  }

  @Test func `no more than two previous keys`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    try bench.run(.rotate)
    try bench.run(.rotate, after: 1)
    #expect(try bench.value("SECRET_KEY_FALLBACKS")?.split(separator: ",").count == 2)
    #expect(bench.refusal { try bench.run(.rotate, after: 2) } == .tooManyPrevious)
    // The oldest one is past its date by then, and makes room.
    try bench.run(.rotate, after: 32.5)
    #expect(try bench.value("SECRET_KEY_FALLBACKS")?.split(separator: ",").count == 2)
    #expect(try bench.value("SECRET_KEY_FALLBACKS")?.contains(Self.strong) == false)
  }

  @Test func `a clock that runs behind is refused`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    try bench.run(.rotate, after: 10)
    #expect(bench.refusal { try bench.run(.rotate, after: 9) } == .clockBehind)
  }

  @Test func `no grace at all retires at once`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    try bench.run(.rotate)
    #expect(try bench.run(.retire, after: 0.1, grace: .zero).isChanged)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == nil)
  }

  @Test func `a shorter grace counts from the same restart`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    try bench.run(.rotate)
    #expect(bench.refusal { try bench.run(.retire, after: 2.9, grace: .seconds(2 * 86_400)) } == .tooEarly)
    #expect(try bench.run(.retire, after: 3, grace: .seconds(2 * 86_400)).isChanged)
  }

  @Test func `a key that stands twice is refused`() throws {
    let bench = try RotationBench("SECRET_KEY=a\nSECRET_KEY=\(Self.strong)\n")
    #expect(bench.refusal { try bench.run(.rotate) } == .duplicateKey)
  }

  @Test func `a list in another format is refused`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\nSECRET_KEY_FALLBACKS='[\"a\"]'\n")
    #expect(bench.refusal { try bench.run(.rotate) } == .listFormat)
    let json = try RotationBench(
      "SECRET_KEY=\(Self.strong)\nSECRET_KEY_FALLBACKS=a,b\n",
      schema: "fallback=SECRET_KEY_FALLBACKS fallback-format=json")
    #expect(json.refusal { try json.run(.rotate) } == .listFormat)
  }

  @Test func `an environment that holds another value is refused`() throws {
    var bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    bench.environment = ["SECRET_KEY": "other"]
    #expect(bench.refusal { try bench.run(.rotate) } == .shadowed)
    bench.environment = ["SECRET_KEY_FALLBACKS": "other"]
    #expect(bench.refusal { try bench.run(.rotate) } == .shadowed)
    bench.environment = ["SECRET_KEY": Self.strong]
    #expect(try bench.run(.rotate).isChanged)
  }

  @Test func `a weak new value is refused`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    #expect(bench.refusal { try bench.run(.rotate, value: "password") } == .weakValue)
    #expect(bench.refusal { try bench.run(.rotate, value: Self.strong) } == .reusedValue)
  }

  @Test func `a damaged line is refused, and named by its place`() throws {
    let bench = try RotationBench("A=1\n# cfgkit: rotated=yesterday\nSECRET_KEY=\(Self.strong)\n")
    do {
      try bench.run(.rotate)
      Issue.record("a damaged line was read")
    } catch let refusal as RotationRefusal {
      #expect(refusal.code == .managedLine)
      #expect(refusal.exitCode == 65)
      #expect(refusal.message.contains(".env:2: "))
    }
  }

  @Test func `the date that init wrote is replaced, not doubled`() throws {
    let bench = try RotationBench("# cfgkit: rotated=2026-11-01\n# mine\nSECRET_KEY=\(Self.strong)\n")
    try bench.run(.rotate)
    let lines = try bench.scratch.text().split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("# cfgkit:") } == 1)
    #expect(lines[1] == "# mine")
  }

  @Test func `words of a later version are kept`() throws {
    let bench = try RotationBench("# cfgkit: rotated=2026-11-01 colour=blue\nSECRET_KEY=\(Self.strong)\n")
    try bench.run(.rotate)
    #expect(try bench.scratch.text().contains(" colour=blue\n"))
  }

  @Test func `a list edited by hand begins its dates anew`() throws {
    let other = String(Self.strong.reversed())
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\nSECRET_KEY_FALLBACKS=\(other)\n")
    let change = try bench.run(.retire)
    #expect(change.kind == .reconcile)
    #expect(change.until?.date == "2026-12-25")
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == other)
    #expect(bench.refusal { try bench.run(.retire, after: 31) } == .tooEarly)
    #expect(try bench.run(.retire, after: 32).kind == .retire)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == nil)
  }

  @Test func `empty elements of a list are not kept`() throws {
    let other = String(Self.strong.reversed())
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\nSECRET_KEY_FALLBACKS=\(other),,\n")
    try bench.run(.rotate)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == "\(Self.strong),\(other)")
  }

  @Test(arguments: [
    ("fallback=SECRET_KEY_FALLBACKS fallback-format=json", "[\"\(strong)\"]"),
    ("fallback=SECRET_KEY_FALLBACKS fallback-order=oldest-first", strong),
  ]) func `lists are written as the schema says`(pragmas: String, list: String) throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n", schema: pragmas)
    try bench.run(.rotate)
    #expect(try bench.value("SECRET_KEY_FALLBACKS") == list)
    try bench.run(.abort)
    #expect(try bench.value("SECRET_KEY") == Self.strong)
  }

  @Test(arguments: ["newest-first", "oldest-first"]) func `a list in the key itself signs with the right end`(
    order: String
  )
    throws
  {
    let bench = try RotationBench(
      "SECRET_KEY=\(Self.strong)\n", schema: "fallback=SECRET_KEY fallback-order=\(order)")
    let isNewestFirst = order == "newest-first"
    try bench.run(.prepare)
    var parts = try #require(try bench.value("SECRET_KEY")).split(separator: ",")
    #expect((isNewestFirst ? parts.first : parts.last).map(String.init) == Self.strong)
    let next = isNewestFirst ? parts[1] : parts[0]
    try bench.run(.promote)
    parts = try #require(try bench.value("SECRET_KEY")).split(separator: ",")
    #expect((isNewestFirst ? parts.first : parts.last) == next)
    try bench.run(.retire, after: 40)
    #expect(try bench.value("SECRET_KEY") == String(next))
  }

  @Test func `planning writes nothing`() async throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\n")
    let project = try Project.load(Project.Options(directory: bench.scratch.path, environment: .made([:])))
    let plan = try await Rotation(Rotation.Request(.rotate, of: ["SECRET_KEY"]), in: project).plan()
    #expect(plan[0].isChanged)
    #expect(try bench.scratch.text() == "SECRET_KEY=\(Self.strong)\n")
  }

  @Test func `several keys change together or not at all`() throws {
    let bench = try RotationBench("SECRET_KEY=\(Self.strong)\nOTHER_SECRET=weak\n")
    let project = try Project.load(Project.Options(directory: bench.scratch.path, environment: .made([:])))
    let rotation = try Rotation(Rotation.Request(.rotate, of: ["SECRET_KEY", "OTHER_SECRET"]), in: project)
    #expect(bench.refusal { _ = try CallingThread.run { try await rotation.apply() } } == .noFallback)
    #expect(try bench.scratch.text() == "SECRET_KEY=\(Self.strong)\nOTHER_SECRET=weak\n")
  }

  @Test func `values built from the key are named`() throws {
    let bench = try RotationBench(
      "SECRET_KEY=\(Self.strong)\nURL=\"x://${SECRET_KEY}@y\"\nNO='${SECRET_KEY}'\n")
    #expect(try bench.run(.rotate).notes.contains("built from SECRET_KEY, and changed with it: URL"))
  }
}
