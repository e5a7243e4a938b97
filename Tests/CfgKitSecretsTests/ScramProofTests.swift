import Testing

@testable import CfgKitSecrets

/// The proof of SCRAM-SHA-256 against the exchange that RFC 7677 section 3 shows.
@Suite struct ScramProofTests {
  private let message =
    "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"

  private func proof(_ password: String, salt: String = "W22ZaJ0SNY7soEsUEjb6gQ==", rounds: Int = 4_096)
    throws
    -> String?
  {
    ScramProof.text(
      password: try Secret(copying: password), salt: salt, rounds: rounds, message: Array(message.utf8))
  }

  @Test func theExchangeOfTheStandardIsReproduced() throws {
    #expect(try proof("pencil") == "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    #expect(try proof("pencils") != "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
  }

  @Test func whatNoServerAsksForHasNoProof() throws {
    #expect(try proof("") == nil)
    #expect(try proof("pencil", salt: "W22Z*") == nil)
    #expect(try proof("pencil", rounds: 0) == nil)
    #expect(try proof("pencil", rounds: 2_000_000_000) == nil)
  }
}
