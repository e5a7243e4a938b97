import Testing

@testable import CfgKitSecrets

@Suite struct WebKeySetTests {
  private func id(_ text: String) throws -> Fingerprint { try #require(Fingerprint(parsing: text)) }

  /// RFC 8037 appendix A.1 and A.2: the seed, and the public key that belongs to it.
  @Test(arguments: [
    "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=",
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
  ]) func `a seed is listed by the public key of RFC 8037, alone and in PKCS #8`(seed: String) throws {
    let set = try WebKeySet.text(of: [(try Secret(copying: seed), try id("AAAAAAAAAAA"))])
    #expect(
      set?.exposedText()
        == #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"AAAAAAAAAAA","use":"sig","alg":"EdDSA","#
        + #""x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#)
  }

  @Test func `a symmetric key is listed as it is, and several keys in their order`() throws {
    let key = try Secret(copying: #"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr0"}"#)
    let seed = try Secret(copying: "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    let set = try #require(
      try WebKeySet.text(of: [(key, try id("AAAAAAAAAAA")), (seed, try id("AAAAAAAAAAE"))])
    ).exposedText()
    #expect(
      set.hasPrefix(
        #"{"keys":[{"kty":"oct","kid":"AAAAAAAAAAA","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr0"},{"kty":"OKP""#
      ))
    #expect(set.hasSuffix(#""}]}"#))
  }

  @Test(arguments: [
    "", "x", "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=",
    "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyufw==", "{}", #"{"kty":"oct","k":""}"#,
    #"{"kty":"oct","k":"a+b="}"#,
    #"{"kty":"oct","k":"#, #"{"kty":"oct","k":"AyM1"},"x":"y"}"#, #"{"kty":"oct","k":"AyM1","k":"AyM1"}"#,
    "MC4CAQAwBQYDK2VuBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
  ]) func `what is no such key is no set`(text: String) throws {
    let set = try WebKeySet.text(of: [(try Secret(copying: text), try id("AAAAAAAAAAA"))])
    #expect(set == nil)
  }

  @Test func `no key is an empty set`() throws {
    #expect(try WebKeySet.text(of: [])?.exposedText() == #"{"keys":[]}"#)
  }

  @Test(arguments: [KeyFormat.Kind.ed25519, .ed25519PKCS8, .jwk])
  func `every key that cfgkit makes in these formats can be listed`(kind: KeyFormat.Kind) throws {
    for _ in 0..<50 {
      let key = try SecretGenerator().generate(KeyFormat(kind))
      #expect(try WebKeySet.text(of: [(key, try id("AAAAAAAAAAA"))]) != nil)
    }
  }
}
