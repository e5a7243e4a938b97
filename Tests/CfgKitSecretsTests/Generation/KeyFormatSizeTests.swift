import CfgKitSecrets
import Testing

@Suite struct KeyFormatSizeTests {
  @Test func aFormatInSwiftIsTheOneThatASchemaWrites() throws {
    let formats: [KeyFormat] = [.base64url(32), .hex(16), .base64(48), .alnum(22), .password(40)]
    #expect(
      formats.map(\.description) == ["base64url:32", "hex:16", "base64:48", "alnum:22", "password:40"])
    for format in formats { #expect(try KeyFormat(parsing: format.description) == format) }
  }

  @Test func aSizeThatIsTooSmallTraps() async {
    await #expect(processExitsWith: .failure) { _ = KeyFormat.hex(15) }
  }
}
