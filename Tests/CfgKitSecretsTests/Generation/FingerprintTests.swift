import CfgKitSecrets
import Testing

@Suite struct FingerprintTests {
  @Test func aFingerprintDependsOnNameValueAndSalt() throws {
    let salt = try Salt()
    let secret = try Secret(copying: "value")
    let print = Fingerprint(of: secret, name: "KEY", salt: salt)
    #expect(print == Fingerprint(of: try Secret(copying: "value"), name: "KEY", salt: salt))
    #expect(print != Fingerprint(of: secret, name: "KEY2", salt: salt))
    #expect(print != Fingerprint(of: try Secret(copying: "value2"), name: "KEY", salt: salt))
    #expect(print != Fingerprint(of: secret, name: "KEY", salt: try Salt()))
  }

  @Test func fingerprintsSaltsAndOperationsReadBackWhatTheyPrint() throws {
    let salt = try Salt()
    #expect(salt.description.utf8.count == 22)
    #expect(Salt(parsing: salt.description) == salt)
    let print = Fingerprint(of: try Secret(copying: "value"), name: "KEY", salt: salt)
    #expect(print.description.utf8.count == 11)
    #expect(Fingerprint(parsing: print.description) == print)
    let operation = try OperationID()
    #expect(operation.description.utf8.count == 16)
    #expect(OperationID(parsing: operation.description) == operation)
  }

  @Test(arguments: ["", "A", "AAAAAAAAAAB", "AAAAAAAAAA=", "AAAAAAAAAA+", "AAAAAAAAAAAA", "AAAAAAAAA A"])
  func aMalformedFingerprintIsNone(_ text: String) {
    #expect(Fingerprint(parsing: text) == nil)
    #expect(Salt(parsing: text) == nil)
    #expect(OperationID(parsing: text) == nil)
  }

  /// From the definition, computed with Python: hashlib.blake2b(b"KEY\0value", digest_size=16, key=bytes(16)).
  @Test func aFingerprintIsKeyedBlake2bOfNameAndValue() throws {
    let salt = try #require(Salt(parsing: "AAAAAAAAAAAAAAAAAAAAAA"))
    let print = Fingerprint(of: try Secret(copying: "value"), name: "KEY", salt: salt)
    #expect(print.description == "TPIqRKqi_xY")
  }
}
