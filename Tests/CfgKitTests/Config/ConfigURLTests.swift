import CfgKit
import Testing

@Suite struct ConfigURLTests {
  private func url(_ text: String) throws -> ConfigURL {
    let key = Key("TARGET", .url)
    return try Config.load(Schema { key }, values: ["TARGET": text])[key]
  }

  @Test func allPartsAreRead() throws {
    let all = try url("PostgreSQL+psycopg://us%65r:p%40ss%2Fw%25@DB.internal:5432/a%20b/c?x=1&y=%20")
    #expect(all.scheme == "postgresql+psycopg")
    #expect(all.user == "user")
    #expect(all.password?.exposedText() == "p@ss/w%")
    #expect(all.host == "DB.internal")
    #expect(all.port == 5432)
    #expect(all.path == "/a%20b/c")
    #expect(all.query == "x=1&y=%20")
    #expect("\(all)" == "postgresql+psycopg://DB.internal:5432/a%20b/c?x=1&y=%20")
  }

  @Test func missingPartsAreNilOrEmpty() throws {
    let bare = try url("http://example.test")
    #expect(bare.user == nil && bare.password == nil && bare.port == nil && bare.query == nil)
    #expect(bare.path.isEmpty)
    #expect("\(bare)" == "http://example.test")
    let half = try url("http://100%@[2001:db8::1]/?")
    #expect(half.user == "100%" && half.password == nil && half.host == "2001:db8::1")
    #expect(half.path == "/" && half.query?.isEmpty == true)
    #expect("\(half)" == "http://[2001:db8::1]/?")
  }

  @Test func aSecretWithoutAnAuthorityIsHidden() throws {
    let key = Key("TARGET", .url("sqlite", "postgres")).sensitive()
    for text in ["sqlite:/data/app.db?key=hunter2", "sqlite:hunter2", "sqlite:/u:hunter2@h/db"] {
      let url = try Config.load(Schema { key }, values: ["TARGET": text])[key]
      #expect("\(url)" == "sqlite:••••••••")
      #expect(!url.path.contains("?"))
    }
    let plain = try url("file:/a/b?token=hunter2&subject=x")
    #expect(plain.path == "/a/b" && plain.query == "token=hunter2&subject=x")
    #expect("\(plain)" == "file:/a/b?token=••••••••&subject=x")
  }
}
