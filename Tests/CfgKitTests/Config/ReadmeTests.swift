import Foundation
import Testing

/// The program of README.md's "As a library", as it stands there.
@Suite struct ReadmeTests {
  private static let readme = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../README.md")

  /// What stands between the fences that begin with `fence`, in the section of the library.
  private func block(_ fence: String) throws -> String {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## As a library\n").last)
    let start = try #require(section.components(separatedBy: "\n\(fence)\n").dropFirst().first)
    return try #require(start.components(separatedBy: "\n```\n").first) + "\n"
  }

  @Test func theProgramOfTheReadmeStartsAndRefusesAsItIsShown() throws {
    let database = "DATABASE_URL=postgres://app:x9Qv2-hL8wTz4nRk@db/orders\n"
    let program = try Snippet(text: try block("```swift")).program()
    #expect(program.diagnostics == "")
    let valid = try program.run(files: [".env": database + "PORT=9090\nSESSION_KEY=\(SampleApp.strong)\n"])
    #expect(
      valid.output == """
        port 9090, memory, postgres://db/orders, no redis
        signing with 43 bytes, lent for this call
        accepting [••••••••]

        """)
    #expect(valid.status == 0 && valid.errors == "")
    let invalid = try program.run(
      files: [".env": database + "SESSION_STORE=redis\nSESSION_KEY=your-secret-key-here\n"])
    #expect(invalid.status == 78 && invalid.output == "")
    let shown = try block("What it says when it cannot start, on stderr, with exit code 78:\n\n```")
    #expect(invalid.errors == shown)
  }
}
